using System.Globalization;
using System.Text.Json;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Testing;
using NodaTime;

namespace Fikspunkt.Definitions.Tests;

/// <summary>What must hold for the definitions as they are.</summary>
public sealed class RealDefinitionsTests
{
    private static readonly DefinitionSet Definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));
    private static readonly AreaIndex Index = new(Definitions.Municipalities, Definitions.Areas);
    private static readonly Dictionary<string, Municipality> ByCode = Definitions.Municipalities.ToDictionary(municipality => municipality.Code);

    [Fact]
    public void Municipalities_Always_AreThe98InCodeOrder()
    {
        Definitions.Municipalities.Count.ShouldBe(98);
        Definitions.Municipalities.Select(municipality => municipality.Code).ShouldBeInOrder();
        ByCode.ShouldNotContainKey("411");
        (Definitions.Municipalities[0].Name, Definitions.Municipalities[^1].Name).ShouldBe(("København", "Hjørring"));
    }

    [Theory]
    [InlineData("084", 29)]
    [InlineData("085", 17)]
    [InlineData("083", 22)]
    [InlineData("082", 19)]
    [InlineData("081", 11)]
    public void Regions_Always_HaveTheirNumberOfMunicipalities(string region, int number) =>
        Definitions.Municipalities.Count(municipality => municipality.Region == region).ShouldBe(number);

    [Theory]
    [InlineData("01", "084", 4)]
    [InlineData("02", "084", 13)]
    [InlineData("03", "084", 11)]
    [InlineData("04", "084", 1)]
    [InlineData("05", "085", 5)]
    [InlineData("06", "085", 12)]
    [InlineData("07", "083", 10)]
    [InlineData("08", "083", 12)]
    [InlineData("09", "082", 11)]
    [InlineData("10", "082", 8)]
    [InlineData("11", "081", 11)]
    public void Provinces_Always_LieInOneRegion(string province, string region, int number)
    {
        var inside = Definitions.Municipalities.Where(municipality => municipality.Province == province).ToList();
        inside.Count.ShouldBe(number);
        inside.ShouldAllBe(municipality => municipality.Region == region);
    }

    [Fact]
    public void CommutingAreas_Always_AreAllUsedAndJoined()
    {
        var areas = Definitions.Areas.Where(area => area.Kind == AreaKind.CommutingArea).Select(area => area.Code).ToList();
        areas.Count.ShouldBeInRange(20, 30);
        Definitions.Municipalities.Select(municipality => municipality.CommutingArea).Distinct().ShouldBe(areas, ignoreOrder: true);
        foreach (var area in areas)
        {
            var inside = Definitions.Municipalities.Where(municipality => municipality.CommutingArea == area).Select(municipality => municipality.Code).ToHashSet();
            Reach(inside.First(), inside.Contains).ShouldBe(inside, ignoreOrder: true, area);
        }
    }

    [Fact]
    public void Neighbours_Always_AreMutualAndJoinTheCountry()
    {
        foreach (var municipality in Definitions.Municipalities)
        {
            municipality.Neighbours.ShouldAllBe(code => ByCode[code].Neighbours.Contains(municipality.Code), municipality.Name);
            municipality.Neighbours.ShouldNotContain(municipality.Code);
        }

        Reach("101", _ => true).Count.ShouldBe(98);
    }

    [Theory]
    [InlineData("147", "101")]
    [InlineData("155", "185")]
    [InlineData("482", "479")]
    [InlineData("825", "813")]
    [InlineData("563", "561")]
    [InlineData("400", "259")]
    [InlineData("540", "492|580")]
    [InlineData("741", "326|727")]
    [InlineData("360", "376")]
    [InlineData("450", "330|430|440|479")]
    [InlineData("657", "530|661|756|760|779|791")]
    public void Neighbours_KnownPlaces_AreTheirs(string code, string neighbours) =>
        ByCode[code].Neighbours.ShouldBe(neighbours.Split('|'), ignoreOrder: true);

    [Fact]
    public void Tiles_Always_AreDistinctAndKeepNeighboursTogether()
    {
        Definitions.Municipalities.Select(municipality => (municipality.TileColumn, municipality.TileRow)).Distinct().Count().ShouldBe(98);
        var gaps = Definitions.Municipalities
            .SelectMany(municipality => municipality.Neighbours, (municipality, code) => (From: municipality, To: ByCode[code]))
            .Select(pair => Math.Max(Math.Abs(pair.From.TileColumn - pair.To.TileColumn), Math.Abs(pair.From.TileRow - pair.To.TileRow)))
            .ToList();
        gaps.Count(gap => gap == 1).ShouldBeGreaterThan(gaps.Count * 8 / 10);

        // Jutland lies west of Funen and Funen west of Zealand, row by row; Bornholm is the easternmost.
        foreach (var row in Definitions.Municipalities.GroupBy(municipality => municipality.TileRow))
        {
            var order = row.OrderBy(municipality => municipality.TileColumn).Select(Part).ToList();
            order.ShouldBeInOrder();
        }

        ByCode["400"].TileColumn.ShouldBe(Definitions.Municipalities.Max(municipality => municipality.TileColumn));

        static int Part(Municipality municipality) => municipality.Province switch { "07" => 1, "04" => 3, _ => municipality.Region is "084" or "085" ? 2 : 0 };
    }

    [Theory]
    [InlineData("Århus", "751")]
    [InlineData("Aarhus Kommune", "751")]
    [InlineData("Københavns Kommune", "101")]
    [InlineData("Copenhagen", "101")]
    [InlineData("Åbenrå", "580")]
    [InlineData("Brønderslev-Dronninglund", "810")]
    [InlineData("Bogense", "480")]
    [InlineData("Nordfyn", "480")]
    [InlineData("Vesthimmerland", "820")]
    [InlineData("Høje Taastrup", "169")]
    [InlineData("Lyngby-Tårbæk", "173")]
    [InlineData("Nørre-Snede", "756")]
    [InlineData("Bornholms Regionskommune", "400")]
    [InlineData("Hele landet", "000")]
    [InlineData("All Denmark", "000")]
    [InlineData("Region Hovedstaden", "084")]
    [InlineData("Landsdel Byen København", "01")]
    [InlineData("Province Østjylland", "09")]
    [InlineData("RAR Vestjylland", "10")]
    [InlineData("851", "851")]
    public void Aliases_SpellingsOfTheSources_Resolve(string text, string code)
    {
        Index.TryFind(text, out var found).ShouldBeTrue();
        found.ShouldBe(code);
    }

    [Theory]
    [InlineData("Aalestrup")]
    [InlineData("Langå")]
    [InlineData("Sønderhald")]
    [InlineData("Mariager")]
    [InlineData("Christiansfeld")]
    public void Aliases_MunicipalitiesThatWereSplit_HaveNone(string text) => Index.TryFind(text, out _).ShouldBeFalse();

    [Fact]
    public void IgnoredLabels_Always_NameNoArea()
    {
        Definitions.IgnoredLabels.ShouldContain("Uoplyst område");
        Definitions.IgnoredLabels.ShouldAllBe(label => !Resolves(label));
    }

    [Theory]
    [InlineData("y30r21/y30r21.csv")]
    [InlineData("dst-municipalities/dst-municipalities.csv")]
    public void Names_OfTheSharedFiles_AllResolveToThe98(string file)
    {
        var names = File.ReadLines(RepositoryFiles.Shared("data", file)).Skip(1).Select(line => line.Split(',')[0]).ToHashSet();

        names.Where(name => !Resolves(name)).ShouldBeEmpty();
        names.Select(name => Index.TryFind(name, out var code) ? code : name).Distinct().Count(ByCode.ContainsKey).ShouldBe(98);
    }

    [Fact]
    public void Indicators_OfTheDstPanel_AreAllDefined()
    {
        var ids = File.ReadLines(RepositoryFiles.Shared("data", "dst-municipalities", "dst-municipalities.csv")).Skip(1).Select(line => line.Split(',')[2]).ToHashSet();
        ids.Where(id => !Definitions.Indicators.ContainsKey(id)).ShouldBeEmpty();
    }

    [Fact]
    public void Y30R21_ColumnsOfTheTidyFileAndOfVersion2_AreAllBoundToTheSameColumns()
    {
        var table = Definitions.Tables["y30r21"];
        var bound = table.Dimensions.Select(dimension => dimension.Names).Concat(table.Measures.Select(measure => measure.Names)).ToList();
        var tidy = File.ReadLines(RepositoryFiles.Shared("data", "y30r21", "y30r21.csv")).First().Split(',');
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Shared("data", "y30r21", "y30r21-v2.json")));
        var labels = json.RootElement[0].GetProperty("Variables").EnumerateArray().Select(variable => (Name: variable.GetProperty("Name").GetString()!, Label: variable.GetProperty("Label").GetString()!)).ToList();

        tidy.Length.ShouldBe(labels.Count);
        for (var i = 0; i < tidy.Length; i++)
        {
            var names = bound.Single(names => names.Contains(tidy[i]));
            (names.Contains(labels[i].Name) || names.Contains(labels[i].Label)).ShouldBeTrue(labels[i].Label);
        }
    }

    [Fact]
    public void Definitions_Always_WereReviewedAndSayWhatTheyCannotTell()
    {
        foreach (var indicator in Definitions.Indicators.Values)
        {
            indicator.Reviewed.ShouldBeGreaterThanOrEqualTo(new LocalDate(2026, 11, 20), indicator.Id);
            indicator.CannotTell.Da.ShouldEndWith(".", customMessage: indicator.Id);
            indicator.CannotTell.En.ShouldEndWith(".", customMessage: indicator.Id);
        }
    }

    [Fact]
    public void BenefitGroups_Always_HoldTheContractedIds()
    {
        string[] ids =
        [
            "a-dagpenge", "kontanthjaelp", "uddannelseshjaelp", "selvforsoergelses-og-hjemrejseydelse", "sygedagpenge", "jobafklaringsforloeb",
            "ressourceforloeb", "revalidering", "ledighedsydelse", "fleksjob", "foertidspension", "tidlig-pension", "efterloen", "seniorpension",
            "barselsdagpenge", "su", "selvforsoergede", "beskaeftigede", "a-dagpenge-mv", "sygedagpenge-mv", "kontanthjaelp-mv",
        ];
        ids.Except(Definitions.BenefitGroups.Select(group => group.Id)).ShouldBeEmpty();
        Definitions.Models["synthetic-denmark"].Outcomes.Select(outcome => outcome.BenefitGroup).ShouldBe(ids[..12], ignoreOrder: true);
        Definitions.BenefitGroups.Where(group => group.Id.EndsWith("-mv", StringComparison.Ordinal)).ShouldAllBe(group => group.PricePerYear >= 67_000 && group.PricePerYear <= 76_000);
    }

    [Fact]
    public void Models_Always_AreTheFourAndPublishedTakesNoCovariates()
    {
        Definitions.Models.Keys.ShouldBe(["published-y30r21", "dst-unemployment", "dst-welfare", "synthetic-denmark"], ignoreOrder: true);
        Definitions.Models["published-y30r21"].Kind.ShouldBe(ModelKind.PublishedExpectation);
        Definitions.Models["published-y30r21"].Outcomes.ShouldAllBe(outcome => outcome.Rounding == 5);
        Definitions.Models["dst-unemployment"].Covariates.Select(covariate => covariate.Indicator).ShouldBe(
            ["education", "immigration_share_pct", "age65_pct", "one_person_household_share_pct", "owner_occupied_dwelling_share_pct", "income", "population_density"]);
    }

    [Fact]
    public void Breaks_Always_TouchWhatTheySay()
    {
        Definitions.Breaks.Select(one => one.Date).ShouldBeInOrder();
        Definitions.Breaks.ShouldContain(one => one.Id == "kontanthjaelpsreform-2025" && one.Touches("full_time_persons", "uddannelseshjaelp") && !one.Touches("full_time_persons", "fleksjob"));
        Definitions.Breaks.ShouldContain(one => one.Id == "covid-19-2020" && one.Touches("y30r21_actual_persons", null));
    }

    [Fact]
    public void FindFolder_InACheckout_IsTheRepositorys() =>
        DefinitionLoader.FindFolder().ShouldBe(RepositoryFiles.Path("definitions"));

    [Fact]
    public void Build_Always_CopiesTheDefinitionsBesideTheProgram() =>
        DefinitionLoader.Load(Path.Combine(AppContext.BaseDirectory, "definitions")).Municipalities.Count.ShouldBe(98);

    [Fact]
    public void Texts_BothLanguages_HaveTheSameKeys() => Keys("en").ShouldBe(Keys(""), ignoreOrder: true);

    private static List<string> Keys(string culture) =>
        [.. Texts.ResourceManager.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key)];

    private static bool Resolves(string text) => Index.TryFind(text, out _);

    private static HashSet<string> Reach(string start, Func<string, bool> isInside)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { start };
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out var code))
        {
            foreach (var next in ByCode[code].Neighbours.Where(isInside).Where(reached.Add))
            {
                waiting.Enqueue(next);
            }
        }

        return reached;
    }
}
