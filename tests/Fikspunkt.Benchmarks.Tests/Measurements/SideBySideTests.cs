using System.Globalization;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>Every measurement on one scale, and the specification curve.</summary>
public sealed class SideBySideTests
{
    private static readonly Lazy<MeasurementResult> Result = new(() => SyntheticInput.Run("one-municipality"));

    private static MeasurementSpec Spec => SyntheticInput.Definitions.Measurements["one-municipality"];

    [Fact]
    public void Variants_AreEveryCombination_AtLeast200()
    {
        var variants = Table("variants");
        variants.Rows.Count.ShouldBe(6 * 3 * 2 * 3 * 2);
        variants.Rows.Count.ShouldBeGreaterThanOrEqualTo(200);
        variants.Rows.Select(row => string.Join('|', row.Skip(1).Take(5).Select(cell => ((LocalizedText)cell!).En))).ShouldBeUnique();
        ((double)variants.Rows[0][^2]!).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Page_Shares_AreWhatIsComputed()
    {
        var page = File.ReadAllText(RepositoryFiles.Path("docs", "measurements", "one-municipality.md")).Replace("\r", "", StringComparison.Ordinal);
        var names = Spec.Rules.Where(rule => rule.GetValueOrDefault("part") == "choice").ToDictionary(rule => rule["en"], rule => rule["id"]);
        var contradicted = Result.Value.Statements.Count(statement => statement is { Kind: "contradiction", Area: not null });
        string[] lines =
        [
            $"contradicted beyond chance  {contradicted} of {Result.Value.Positions.Count}",
            .. Table("choices").Rows.Select(row => string.Create(
                CultureInfo.InvariantCulture, $"{names.GetValueOrDefault(((LocalizedText)row[0]!).En, "interaction"),-28}{100 * (double)row[2]!:0}")),
        ];
        page.ShouldContain("```\n" + string.Join('\n', lines) + "\n```");
    }

    [Fact]
    public void FirstVariant_IsTheModelsOwnRun()
    {
        // The chance of a run that holds the same periods; 1,000 draws.
        var curve = SpecificationCurve.Of(OneVariant(), SyntheticInput.Input);
        curve.Variants.Count.ShouldBe(1);
        var model = SyntheticInput.Definitions.Models["synthetic-denmark"];
        var run = SyntheticInput.Input.Run(model with
        {
            Periods = model.Periods with { Select = [model.Periods.Select[^1]], TrendMonths = 0 },
            Ranking = model.Ranking with { Draws = 1000 },
        }).Results.Where(result => result.Outcome == model.Total!.Id).ToDictionary(result => result.Area);
        run.Count.ShouldBe(curve.Areas.Count);
        for (var a = 0; a < curve.Areas.Count; a++)
        {
            var own = run[curve.Areas[a]];
            (curve.Stability.Ranks[a, 0], curve.Lower[a, 0], curve.Upper[a, 0]).ShouldBe((own.Rank, own.RankLower, own.RankUpper));
        }
    }

    [Fact]
    public void Subset_InTheCurve_IsTheRunOfTheSubset()
    {
        var rules = OneVariant().Rules.Select(rule => rule.GetValueOrDefault("id") == "all" && rule.GetValueOrDefault("of") == "benefits"
            ? new Dictionary<string, string>(rule, StringComparer.Ordinal) { ["value"] = "a-dagpenge,kontanthjaelp,uddannelseshjaelp" } : rule);
        var curve = SpecificationCurve.Of(Spec with { Rules = [.. rules] }, SyntheticInput.Input);
        var model = BenefitSubset.Of(SyntheticInput.Definitions.Models["synthetic-denmark"], ["a-dagpenge", "kontanthjaelp", "uddannelseshjaelp"], SyntheticInput.Definitions);
        var run = SyntheticInput.Input.Run(model with { Ranking = model.Ranking with { Draws = 1000 } }).Results.Where(result => result.Outcome == model.Total!.Id).ToDictionary(result => result.Area);
        for (var a = 0; a < curve.Areas.Count; a++)
        {
            var own = run[curve.Areas[a]];
            (curve.Stability.Ranks[a, 0], curve.Lower[a, 0], curve.Upper[a, 0]).ShouldBe((own.Rank, own.RankLower, own.RankUpper));
        }
    }

    [Fact]
    public void Curve_TrulyGoodAndPoor_AreTheOnesThatKeepTheirQuarter()
    {
        // What a choice of variant cannot hide: those made truly good are in the best quarter in most variants, those made poor in the worst.
        var draw = SyntheticInput.Panel.Draw;
        var practice = Enumerable.Range(0, draw.Structure.Municipalities.Count).ToDictionary(a => draw.Structure.Municipalities[a].Code, draw.Practice, StringComparer.Ordinal);
        var table = Table("specification-curve");
        double Mean(SyntheticPractice of, string column) => table.Rows.Where(row => practice[(string)row[0]!] == of).Average(row => (double)row[Place(table, column)]!);
        Mean(SyntheticPractice.Good, "best_quarter").ShouldBeGreaterThan(0.7);
        Mean(SyntheticPractice.Poor, "worst_quarter").ShouldBeGreaterThan(0.7);

        // A quarter would be chance; variants with few conditions take some of the truly good for poor.
        Mean(SyntheticPractice.Good, "worst_quarter").ShouldBeLessThan(0.2);
        foreach (var row in table.Rows)
        {
            double Number(string column) => Convert.ToDouble(row[Place(table, column)], System.Globalization.CultureInfo.InvariantCulture);
            Number("surely_best_quarter").ShouldBeLessThanOrEqualTo(Number("best_quarter"));
            Number("best_rank").ShouldBeGreaterThanOrEqualTo(Number("rank_lower"));
            Number("worst_rank").ShouldBeLessThanOrEqualTo(Number("rank_upper"));
            Number("mean_rank").ShouldBeInRange(Number("best_rank"), Number("worst_rank"));
        }
    }

    [Fact]
    public void Choices_SharesAndInteraction_AddUpToOne()
    {
        var rows = Table("choices").Rows;
        rows.Count.ShouldBe(6);
        rows.Sum(row => (double)row[2]!).ShouldBe(1, 1e-12);
        rows.ShouldAllBe(row => (double)row[2]! >= -1e-12);

        // The synthetic Denmark is made with all eight conditions and with groups of their own effort: those choices decide more than the estimator.
        var shares = rows.ToDictionary(row => ((LocalizedText)row[0]!).En, row => (double)row[2]!, StringComparer.Ordinal);
        shares["Framework conditions"].ShouldBeGreaterThan(shares["Estimator"]);
        shares["Benefits"].ShouldBeGreaterThan(shares["Estimator"]);
    }

    [Fact]
    public void Scale_HasEveryMeasurementAtHand_AndItsPositions()
    {
        var table = Result.Value.Tables[0];
        table.Rows.Count.ShouldBe(98);
        foreach (var id in (string[])["ministry-2018", "ministry-2019", "kl-all-benefits", "vive-efficiency", "akf-integration"])
        {
            var positions = SyntheticInput.Input.Measure(SyntheticInput.Definitions.Measurements[id]).Positions;
            var own = positions.Where(position => position.Outcome == positions[0].Outcome).ToDictionary(position => position.Area, StringComparer.Ordinal);
            foreach (var row in table.Rows)
            {
                var cell = (double)row[Place(table, id.Replace('-', '_'))]!;
                if (own.TryGetValue((string)row[0]!, out var position))
                {
                    cell.ShouldBe(position.Percentile);
                }
                else
                {
                    double.IsNaN(cell).ShouldBeTrue();
                }
            }
        }
    }

    [Fact]
    public void Kinds_EveryOneDeclared_HasEveryFacet()
    {
        var facets = Contradictions.Facets(Spec).Select(facet => facet.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in Spec.Rules.Where(rule => rule.GetValueOrDefault("part") == "kind").GroupBy(rule => rule["kind"]))
        {
            kind.Select(rule => rule["of"]).ToHashSet(StringComparer.Ordinal).SetEquals(facets).ShouldBeTrue(kind.Key);
        }
    }

    [Fact]
    public void Contradictions_HaveSetsThatDoNotMeet_AndSayWhatDiffers()
    {
        var table = Table("contradictions");
        foreach (var row in table.Rows)
        {
            ((double)row[Place(table, "better_to")]!).ShouldBeLessThan((double)row[Place(table, "worse_from")]!);
            var beyond = ((LocalizedText)row[Place(table, "beyond_chance")]!).En == "yes";
            beyond.ShouldBe((double)row[Place(table, "adjusted_p")]! <= 0.05);
            row.Skip(Place(table, "measured")).ShouldContain(cell => cell is LocalizedText, "measurements of different definitions differ in something");
        }

        var areas = table.Rows.Where(row => ((LocalizedText)row[Place(table, "beyond_chance")]!).En == "yes").Select(row => (string)row[0]!).Distinct().Count();
        Result.Value.Statements.Count(statement => statement.Kind == "contradiction" && statement.Area is not null).ShouldBe(areas);
        Result.Value.Statements.ShouldAllBe(statement => !statement.Text.En.Contains("because", StringComparison.Ordinal));
    }

    [Fact]
    public void Contradictions_OfAMeasurementWithItself_AreNone()
    {
        var one = Made("a", unit => unit + 1, 3);
        Contradictions.Of([one, one], 0.05).Found.ShouldBeEmpty();
    }

    [Fact]
    public void Contradictions_OppositeOrders_AreFoundWhereTheSetsAreApart()
    {
        var (up, down) = (Made("up", unit => unit + 1, 3), Made("down", unit => 20 - unit, 3));
        var found = Contradictions.Of([up, down], 0.05);
        found.Tests.ShouldBe(20);
        var first = found.Found.First(one => one.Area == "100");
        (first.Better.Spec.Id, first.Worse.Spec.Id, first.BeyondChance).ShouldBe(("up", "down", true));
        found.Found.ShouldNotContain(one => one.Area == "109");

        // Sets that reach over everything contradict nothing, and a rank without a set is not a certain one.
        Contradictions.Of([Made("wide", unit => unit + 1, 20), Made("wide2", unit => 20 - unit, 20)], 0.05).Found.ShouldBeEmpty();
        Contradictions.Of([up, Made("unknown", unit => 20 - unit, 0)], 0.05).Tests.ShouldBe(0);
    }

    [Fact]
    public void Contradictions_OneMeasurementOrNone_AreNone()
    {
        Contradictions.Of([], 0.05).Found.ShouldBeEmpty();
        Contradictions.Of([Made("a", unit => unit + 1, 3)], 0.05).Tests.ShouldBe(0);
    }

    [Theory]
    [InlineData("estimator", "probit")]
    [InlineData("rule", "bootstrap")]
    [InlineData("period", "9")]
    [InlineData("covariates", "shoe_size")]
    [InlineData("benefits", "su")]
    public void Choice_ThatCannotBeRead_IsNamed(string choice, string value)
    {
        var rules = OneVariant().Rules.Select(rule => rule.GetValueOrDefault("of") == choice && rule["part"] == "level" ? new Dictionary<string, string>(rule, StringComparer.Ordinal) { ["value"] = value } : rule);
        Should.Throw<InputException>(() => SpecificationCurve.Of(Spec with { Rules = [.. rules] }, SyntheticInput.Input)).Problems[0].Found.ShouldBe(value);
    }

    [Fact]
    public void Choice_NotDeclared_IsNamed() =>
        Should.Throw<InputException>(() => SpecificationCurve.Of(Spec with { Rules = [.. Spec.Rules.Where(rule => rule.GetValueOrDefault("of") != "rule")] }, SyntheticInput.Input)).Problems[0].Expected!.ShouldBe("rule");

    [Fact]
    public void Curve_TwoRuns_AreTheSame()
    {
        var (one, two) = (SpecificationCurve.Of(OneVariant(), SyntheticInput.Input), SpecificationCurve.Of(OneVariant(), SyntheticInput.Input));
        one.Stability.Ranks.Values.ShouldBe(two.Stability.Ranks.Values);
        one.Lower.ShouldBe(two.Lower);
    }

    private static ScaledMeasurement Made(string id, Func<int, int> rank, int half) => new(
        Spec with { Id = id },
        Enumerable.Range(0, 20).Select(unit => new MeasuredPosition(
            MadeUpPanel.Code(unit), "made", Period.OfYear(2020), rank(unit), double.NaN, double.NaN, double.NaN, rank(unit), Math.Max(1, rank(unit) - half), Math.Min(20, rank(unit) + half), 20, null, null))
            .ToDictionary(position => position.Area, StringComparer.Ordinal),
        new Dictionary<string, LocalizedText>(StringComparer.Ordinal));

    // The first level of each choice only.
    private static MeasurementSpec OneVariant()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Spec with { Rules = [.. Spec.Rules.Where(rule => rule["part"] != "level" || seen.Add(rule["of"]))] };
    }

    private static MeasurementTable Table(string id) => Result.Value.Tables.First(table => table.Id == id);

    private static int Place(MeasurementTable table, string column) => table.Columns.Select((item, place) => (item.Id, place)).First(item => item.Id == column).place;
}
