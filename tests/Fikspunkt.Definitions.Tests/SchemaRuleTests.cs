using System.Globalization;

namespace Fikspunkt.Definitions.Tests;

/// <summary>Each rule of the schema, broken once in a copy of the real files: the rule, the file, the line and what was found are reported.</summary>
public sealed class SchemaRuleTests
{
    private const string Unemployment = "models/dst-unemployment.yaml";
    private const string Published = "models/published-y30r21.yaml";
    private const string Groups = "benefit-groups.yaml";
    private const string Dst = "indicators/statistics-denmark.yaml";
    private const string Table = "tables/y30r21.yaml";

    public static TheoryData<string, string, string, string, string?> Broken => new()
    {
        // file, what stands there, what is put there, the rule's text, what is reported as found
        { Dst, "  decimals: 0", "  decimal: 0", nameof(Texts.UnknownKey), "decimal" },
        { Dst, "  decimals: 0\n", "", nameof(Texts.MissingKey), null },
        { Dst, "  decimals: 0", "  decimals: \"0\"", nameof(Texts.WrongType), "0" },
        { Dst, "  decimals: 0", "  decimals: 0.5", nameof(Texts.WrongType), "0.5" },
        { Dst, "  decimals: 0", "  decimals: 11", nameof(Texts.OutOfRange), "11" },
        { Dst, "  decimals: 0", "  decimals: [0]", nameof(Texts.WrongType), Texts.AList },
        { Dst, "direction: not-judged", "direction: not-judge", nameof(Texts.UnknownValue), "not-judge" },
        { Dst, "is_count: true", "is_count: yes", nameof(Texts.WrongType), "yes" },
        { Dst, "reviewed: 2026-11-20", "reviewed: 20-11-2026", nameof(Texts.WrongType), "20-11-2026" },
        { Dst, "source: statbank", "source: statbanken", nameof(Texts.UnknownValue), "statbanken" },
        { Dst, "- id: population\n", "- id: Population\n", nameof(Texts.BadId), "Population" },
        { Dst, "- id: population_density", "- id: population", nameof(Texts.DuplicateId), "population" },
        { Dst, "da: \"Folketal\"", "da: \"\"", nameof(Texts.EmptyText), null },
        { Dst, "{da: \"Folketal\", en: \"Population\"}", "Folketal", nameof(Texts.WrongType), "Folketal" },
        { Dst, "da: \"Folketal\"", "da: [\"Folketal\"]", nameof(Texts.WrongType), Texts.AList },
        { Dst, "- id: population\n", "- &a id: population\n", nameof(Texts.NoAliases), null },
        { Dst, "decimals: 0", "decimals: !!int 0", nameof(Texts.NoTags), null },
        { Dst, "- id: population\n", "  - id: [population\n", nameof(Texts.NotYaml), "*" },
        { Dst, "  sources:\n    - {source: statbank, table: FOLK1A}\n    - {source: statbank, table: FOLK1AM}\n    - {source: file, table: dst-municipalities}\n", "  sources: []\n", nameof(Texts.EmptyList), null },
        { Dst, "- id: population\n", "- ? [a]\n  : 1\n  id: population\n", nameof(Texts.KeyMustBeText), null },
        { "areas.yaml", "kind: region", "kind: municipality", nameof(Texts.MunicipalityElsewhere), "municipality" },
        { "areas.yaml", "\"RAR Fyn\"", "\"Odense\"", nameof(Texts.AmbiguousName), "Odense" },
        { "areas.yaml", "  - \"Udlandet\"", "  - \"Uoplyst\"", nameof(Texts.TwiceInList), "Uoplyst" },
        { "areas.yaml", "code: \"082\"", "code: \"081\"", nameof(Texts.DuplicateId), "081" },
        { Groups, "parent: kontanthjaelp-mv", "parent: kontanthjaelp-m", nameof(Texts.UnknownBenefitGroup), "kontanthjaelp-m" },
        { Groups, "- id: kontanthjaelp-mv\n", "- id: kontanthjaelp-mv\n  parent: kontanthjaelp\n", nameof(Texts.Cycle), "kontanthjaelp-mv" },
        { Groups, "- id: su\n", "- id: su\n  parent: su\n", nameof(Texts.Cycle), "su" },
        { Groups, "valid_to: 2025-06-30", "valid_to: 2013-12-31", nameof(Texts.DatesReversed), "2013-12-31" },
        { Groups, "valid_to: 2025-06-30", "valid_to: 2025-06-31", nameof(Texts.WrongType), "2025-06-31" },
        { Groups, "price_per_year: 76000", "price_per_year: -76000", nameof(Texts.WrongType), "-76000" },
        { Groups, "price_per_year: 76000", "price_per_year: 76,000", nameof(Texts.WrongType), "76,000" },
        { Groups, "\"Kontanthjælpsmodtagere\"", "\"sygedagpenge\"", nameof(Texts.AmbiguousName), "Sygedagpenge" },
        { Table, "id: y30r21\n", "id: y30r22\n", nameof(Texts.IdIsNotFileName), "y30r22" },
        { Table, "indicator: y30r21_rank", "indicator: y30r21_ranks", nameof(Texts.UnknownIndicator), "y30r21_ranks" },
        { Table, "a-dagpenge-mv\n", "a-dagpenge-m\n", nameof(Texts.UnknownBenefitGroup), "a-dagpenge-m" },
        { Table, "role: period", "role: area", nameof(Texts.OneOfEachRole), null },
        { Table, "    dimension: benefit_group\n", "", nameof(Texts.MissingKey), null },
        { Table, "  - role: period\n", "  - role: period\n    dimension: sex\n", nameof(Texts.OnlyForBreakdowns), "sex" },
        { Table, "- published_rank", "- actual_persons", nameof(Texts.ColumnBoundTwice), "actual_persons" },
        { Table, "measures:\n", "tidy: {indicator: [x], value: [z]}\nmeasures:\n", nameof(Texts.MeasuresOrTidy), null },
        { "tables/y01a02.yaml", "benefit_group=a-dagpenge\"", "benefit_group=a-dagpeng\"", nameof(Texts.UnknownBenefitGroup), "a-dagpeng" },
        { "tables/y01a02.yaml", "benefit_group=a-dagpenge\"", "a-dagpenge\"", nameof(Texts.BadBreakdown), "a-dagpenge" },
        { Unemployment, "tables: [dst-municipalities]", "tables: [dst-municipality]", nameof(Texts.UnknownTable), "dst-municipality" },
        { Unemployment, "indicator: education", "indicator: educatoin", nameof(Texts.UnknownIndicator), "educatoin" },
        { Unemployment, "- id: education", "- id: age65_pct", nameof(Texts.DuplicateId), "age65_pct" },
        { Unemployment, "\"2011\"", "\"2011M13\"", nameof(Texts.BadPeriod), "2011M13" },
        { Unemployment, "\"2011\"", "\"2011Q1\"", nameof(Texts.BadPeriod), "2011Q1" },
        { Unemployment, "\"2011\"", "latest", nameof(Texts.WordStandsAlone), "latest" },
        { Unemployment, "transform: log", "transform: logarithm", nameof(Texts.UnknownValue), "logarithm" },
        { Unemployment, "coverage: 0.95", "coverage: 1", nameof(Texts.OutOfRange), null },
        { Unemployment, "coverage: 0.95", "coverage: 95", nameof(Texts.OutOfRange), "95" },
        { Unemployment, "draws: 10000", "draws: 0", nameof(Texts.OutOfRange), "0" },
        { Unemployment, "minimum_exposure: 0", "minimum_exposure: NaN", nameof(Texts.WrongType), "NaN" },
        { Unemployment, "scale: per-cent", "scale: per-cent\n    expected_indicator: education", nameof(Texts.OnlyForPublished), "education" },
        { Unemployment, "kind: expected-versus-actual", "kind: expected-versus-actual\ntotal: {id: unemployment, name: {da: x, en: x}, over: [unemployment]}", nameof(Texts.DuplicateId), "unemployment" },
        { "models/synthetic-denmark.yaml", "over: [synthetic-a-dagpenge,", "over: [synthetic-a-dagpeng,", nameof(Texts.UnknownOutcome), "synthetic-a-dagpeng" },
        { "measurements/ministry-2018.yaml", "  benefits:", "  benefit:", nameof(Texts.UnknownKey), "benefit" },
        { "measurements/ministry-2018.yaml", "kind: ministry-benchmark", "kind: ministry", nameof(Texts.UnknownValue), "ministry" },
        { "measurements/ministry-2018.yaml", "model: synthetic-denmark", "model: synthetic-norway", nameof(Texts.UnknownId), "synthetic-norway" },
        { "measurements/ministry-2018.yaml", "id: ministry-2018", "id: ministry-2017", nameof(Texts.IdIsNotFileName), "ministry-2017" },
        { "models/synthetic-denmark.yaml", "breakdown: \"benefit_group=fleksjob\"", "breakdown: \"sex=men;benefit_group=fleksjob\"", nameof(Texts.BadBreakdown), "sex=men;benefit_group=fleksjob" },
        { Published, "    expected_indicator: y30r21_expected_persons\n", "", nameof(Texts.MissingKey), null },
        { Published, "minimum_exposure: 0\n", "minimum_exposure: 0\ncovariates: [{id: a, name: {da: a, en: a}, indicator: education, transform: none, nearest_period: false}]\n", nameof(Texts.OnlyForFitted), null },
        { Published, "sensitivity: [1, 2, 5]", "sensitivity: [1, two]", nameof(Texts.WrongType), "two" },
        { "breaks.yaml", "indicators: [\"income\"]", "indicators: [\"incomes\"]", nameof(Texts.UnknownIndicator), "incomes" },
        { "breaks.yaml", "kind: area-changed", "kind: area-change", nameof(Texts.UnknownValue), "area-change" },
        { "breaks.yaml", "benefit_groups: [a-dagpenge,", "benefit_groups: [dagpenge,", nameof(Texts.UnknownBenefitGroup), "dagpenge" },
        { "breaks.yaml", "- id: income-2008", "- id: kommunalreform-2007", nameof(Texts.DuplicateId), "kommunalreform-2007" },
        { "municipalities.csv", "147,Frederiksberg,", "101,Frederiksberg,", nameof(Texts.DuplicateId), "101" },
        { "municipalities.csv", "\n155,Dragør,", "\n15,Dragør,", nameof(Texts.BadCode), "15" },
        { "municipalities.csv", "\n155,Dragør,,,084,", "\n155,Dragør,,,086,", nameof(Texts.UnknownRegion), "086" },
        { "municipalities.csv", "\n155,Dragør,,,084,01,", "\n155,Dragør,,,084,12,", nameof(Texts.UnknownProvince), "12" },
        { "municipalities.csv", "\n155,Dragør,,,084,01,po-koebenhavn,", "\n155,Dragør,,,084,01,po-kobenhavn,", nameof(Texts.UnknownCommutingArea), "po-kobenhavn" },
        { "municipalities.csv", "\n155,Dragør,,,084,01,po-koebenhavn,185,", "\n155,Dragør,,,084,01,po-koebenhavn,186,", nameof(Texts.UnknownMunicipality), "186" },
        { "municipalities.csv", "\n155,Dragør,,,084,01,po-koebenhavn,185,", "\n155,Dragør,,,084,01,po-koebenhavn,185|101,", nameof(Texts.NeighbourOneWay), "101" },
        { "municipalities.csv", "\n155,Dragør,,,084,01,po-koebenhavn,185,", "\n155,Dragør,,,084,01,po-koebenhavn,185|155,", nameof(Texts.OwnNeighbour), "155" },
        { "municipalities.csv", "\n155,Dragør,,,084,01,po-koebenhavn,185,", "\n155,Dragør,,,084,01,po-koebenhavn,,", nameof(Texts.NoNeighbours), null },
        { "municipalities.csv", "po-koebenhavn,185,18,10", "po-koebenhavn,185,18,9", nameof(Texts.TileTaken), "18,9" },
        { "municipalities.csv", "po-koebenhavn,185,18,10", "po-koebenhavn,185,x,10", nameof(Texts.WrongType), "x" },
        { "municipalities.csv", "po-koebenhavn,185,18,10", "po-koebenhavn,185,18", nameof(Texts.WrongNumberOfFields), "9" },
        { "municipalities.csv", "\n155,Dragør,,,", "\n155,Dragør,,Amager|Amager,", nameof(Texts.TwiceInList), "Amager" },
        { "municipalities.csv", "\n155,Dragør,,,", "\n155,Dragør,,Aalborg,", nameof(Texts.AmbiguousName), "Aalborg" },
        { "municipalities.csv", "\n155,Dragør,", "\n155,Dra\"gør\",", nameof(Texts.BadQuotes), "*" },
        { "municipalities.csv", "tile_row", "tile_line", nameof(Texts.UnknownColumn), "tile_line" },
        { "municipalities.csv", "tile_column,tile_row", "tile_row,tile_row", nameof(Texts.DuplicateColumn), null },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Load_OneRuleBroken_SaysWhichAndWhere(string file, string text, string replacement, string rule, string? found)
    {
        using var copy = new DefinitionsCopy().Replace(file, text, replacement);

        var problems = copy.Problems();

        var expected = Texts.ResourceManager.GetString(rule, CultureInfo.CurrentUICulture);
        problems.ShouldContain(problem => problem.Rule == expected && problem.File == $"definitions/{file}" && problem.Line > 0 && (found == "*" || problem.Found == found), string.Join('\n', problems));
    }

    [Fact]
    public void Load_SeveralFilesBroken_ReportsAllInOrderWithPlaces()
    {
        using var copy = new DefinitionsCopy()
            .Replace(Unemployment, "indicator: age65_pct", "indicator: age65_pc")
            .Replace(Groups, "parent: sygedagpenge-mv", "parrent: sygedagpenge-mv")
            .Replace("breaks.yaml", "kind: data-error", "kind: data-errors");

        var problems = copy.Problems();

        problems.Select(problem => (problem.File, problem.Line)).ShouldBe([
            ("definitions/benefit-groups.yaml", copy.LineOf(Groups, "parrent")),
            ("definitions/breaks.yaml", copy.LineOf("breaks.yaml", "data-errors")),
            ("definitions/models/dst-unemployment.yaml", copy.LineOf(Unemployment, "indicator: age65_pc")),
        ]);
        problems[2].Column.ShouldBe("16");
        problems[2].ToString().ShouldContain("\"age65_pct\"");
    }

    [Fact]
    public void Load_MissingFilesAndFolders_AreEachNamed()
    {
        using var copy = new DefinitionsCopy();
        File.Delete(copy.Path("areas.yaml"));
        Directory.Delete(copy.Path("tables"), recursive: true);

        var problems = copy.Problems();

        problems.ShouldContain(problem => problem.Rule == Texts.FileMissing && problem.File == "definitions/areas.yaml");
        problems.ShouldContain(problem => problem.Rule == Texts.FolderMissing && problem.File == "definitions/tables");
    }

    [Theory]
    [InlineData("areas.yaml", new byte[] { 0xFF, 0xFE, 0x41 })]
    [InlineData("municipalities.csv", new byte[] { 0x4B, 0xF8, 0x62 })]
    public void Load_NotUtf8_IsSaid(string file, byte[] content)
    {
        using var copy = new DefinitionsCopy();
        File.WriteAllBytes(copy.Path(file), content);

        copy.Problems().ShouldContain(problem => problem.Rule == Texts.NotUtf8 && problem.File == $"definitions/{file}");
    }

    [Theory]
    [InlineData("areas.yaml", "", nameof(Texts.EmptyFile))]
    [InlineData("municipalities.csv", "", nameof(Texts.EmptyFile))]
    [InlineData("municipalities.csv", "code,name\n", nameof(Texts.MissingColumn))]
    [InlineData("areas.yaml", "areas: []\n", nameof(Texts.EmptyList))]
    [InlineData("areas.yaml", "- a\n", nameof(Texts.WrongType))]
    [InlineData("breaks.yaml", "a: b\n", nameof(Texts.WrongType))]
    [InlineData("breaks.yaml", "- a\n---\n- b\n", nameof(Texts.OneDocument))]
    public void Load_FileOfAnotherForm_IsSaid(string file, string content, string rule)
    {
        using var copy = new DefinitionsCopy();
        File.WriteAllText(copy.Path(file), content);

        copy.Problems().ShouldContain(problem => problem.Rule == Texts.ResourceManager.GetString(rule, CultureInfo.CurrentUICulture) && problem.File == $"definitions/{file}");
    }

    [Fact]
    public void Load_DeepNesting_IsRefusedBeforeTheStackIsUsedUp()
    {
        using var copy = new DefinitionsCopy();
        File.WriteAllText(copy.Path("breaks.yaml"), new string('[', 200_000));

        copy.Problems().ShouldContain(problem => problem.Rule == Texts.TooDeep);
    }

    [Fact]
    public void Load_ManyFaults_StopsAtAHundred()
    {
        using var copy = new DefinitionsCopy();
        File.WriteAllText(copy.Path("breaks.yaml"), string.Concat(Enumerable.Repeat("- x: 1\n", 500)));

        copy.Problems().Count.ShouldBe(100);
    }

    [Fact]
    public void Load_EnglishCulture_SpeaksEnglish()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
            using var copy = new DefinitionsCopy().Replace(Dst, "  decimals: 0", "  decimal: 0");
            copy.Problems()[0].ToString().ShouldBe($"definitions/{Dst}({copy.LineOf(Dst, "  decimal: 0") - 3}, 3): The key is missing; expected decimals");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
