using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using NodaTime;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Reports.Tests;

/// <summary>A made-up run with every kind of content that a report shows, so that the report is tested apart from the statistics.</summary>
internal static class FakeRun
{
    private const double Coverage = 0.95;
    private const double Z = 1.959963984540054;
    private static readonly string[] OutcomeIds = ["a-dagpenge", "kontanthjaelp", "sygedagpenge"];
    private static readonly double[] OutcomeMeans = [0.03, 0.025, 0.02];
    private static readonly Period[] Periods = [Period.Parse("2023QMAT04"), Period.Parse("2024QMAT04")];

    public static DefinitionSet Definitions { get; } = new(
        [.. Codes.Select((entry, index) => new Municipality(entry.Code, entry.Name, entry.Code == "101" ? "Copenhagen" : entry.Name, [], $"08{1 + (index % 5)}", "01", "x", [], index % 10, index / 10))],
        [.. Enumerable.Range(1, 5).Select(region => new Area($"08{region}", AreaKind.Region, new LocalizedText($"Region {region}", $"Region {region}"), []))],
        [],
        new Dictionary<string, Indicator>(StringComparer.Ordinal),
        new Dictionary<string, TableDefinition>(StringComparer.Ordinal),
        new Dictionary<string, ModelSpec>(StringComparer.Ordinal),
        [new SeriesBreak("reform", new LocalDate(2024, 7, 1), "reform", new LocalizedText("Reform <b>", "Reform <b>"), new LocalizedText("Tallene ændrer betydning.", "The figures change meaning."), [], ["*"], "Lov nr. 1")],
        []);

    public static ModelSpec Spec { get; } = new(
        "fake", ModelKind.ExpectedVersusActual, new LocalizedText("Ydelser og rammevilkår", "Benefits and framework conditions"),
        new LocalizedText("Hvor har færre ydelse end ventet?", "Where are fewer on benefits than expected?"), "Fikspunkt", new LocalDate(2026, 11, 20),
        new LocalizedText("Modellen kan ikke sige, hvorfor en kommune afviger.", "The model cannot tell why a municipality differs."), ["synthetic-denmark"],
        new PeriodSpec(PeriodKind.RollingYear, ["all"], 24),
        [.. OutcomeIds.Select(id => new OutcomeSpec(id, new LocalizedText(id + " da", id + " en"), "full_time_persons", Breakdown.OfBenefitGroup(id), OutcomeScale.Count, null, null, 0, id))],
        new TotalSpec("total", new LocalizedText("I alt", "In all"), OutcomeIds), new ExposureSpec("population_16_66", "", false),
        [
            new CovariateSpec("low_education_pct", new LocalizedText("Kort uddannelse", "Short education"), "low_education_pct", "", CovariateTransform.None, false),
            new CovariateSpec("age_50_66_pct", new LocalizedText("Alder 50-66 år", "Aged 50-66"), "age_50_66_pct", "", CovariateTransform.None, false),
            new CovariateSpec("disposable_income", new LocalizedText("Disponibel indkomst", "Disposable income"), "disposable_income", "", CovariateTransform.Log, false),
        ],
        0, new EstimatorSpec(EstimatorFamily.Linear, true, false, true), new NoiseSpec(NoiseModel.Binomial, null), new RankingSpec(RankBy.Share, Coverage, 1000, 1));

    public static BenchmarkRun Create(bool synthetic = true, int seed = 7)
    {
        var random = new Random(seed);
        var units = Definitions.Municipalities.Select(m => new Unit(m.Code, Math.Round(Math.Exp(10.3 + (0.8 * Normal(random)))), [20 + (4 * Normal(random)), 30 + (3 * Normal(random)), 250000 * Math.Exp(0.1 * Normal(random))])).ToList();
        double[] means = [.. Enumerable.Range(0, 3).Select(k => units.Average(unit => Transformed(unit.Conditions[k], k)))];
        double[] slopes = [0.0015, 0.0008, -0.01];
        var results = new List<AreaResult>();
        foreach (var period in Periods)
        {
            var parts = OutcomeIds.Select((id, o) => units.Select(unit => Single(unit, id, period, OutcomeMeans[o], [.. slopes.Select(slope => slope * (o + 1) / 3)], means, random)).ToList()).ToList();
            results.AddRange(parts.SelectMany(Ranked));
            results.AddRange(Ranked([.. units.Select((_, i) => Sum([.. parts.Select(part => part[i])]))]));
        }

        var last = results.Where(result => result.Outcome == "total" && result.Period == Periods[^1]).ToList();
        var trend = last.SelectMany(result => Enumerable.Range(0, 24).Select(month => new TrendPoint(result.Area, "total", Period.Month(2023, 1).Plus(month),
            result.Actual + (0.004 * Normal(random)), result.Expected + (0.002 * Math.Sin(month / 2.0)), 0.003))).ToList();
        return new BenchmarkRun(
            Spec,
            [new VintageReference("v1", "synthetic-denmark", "Fikspunkt <generator>", "2026-11-20T12:00:00Z", new string('a', 64), synthetic)],
            [.. OutcomeIds.Select((id, o) => new OutcomeFit(id, Periods[^1], 98, OutcomeMeans[o], [new Coefficient("(intercept)", 0.01, 0.001), new Coefficient("low_education_pct", 0.0015, 0.0002)], 0.7, 3.2, 1e-6))],
            results, trend, [new Exclusion("825", null, Periods[0], ExclusionReason.TooSmall)], ["reform"],
            [new RunNote("nearest-period", ["low_education_pct", "2024", "2023"]), new RunNote("unheard-of", ["x", "<y>"])]);
    }

    private static AreaResult Single(Unit unit, string outcome, Period period, double mean, double[] slopes, double[] means, Random random)
    {
        Contribution[] contributions =
        [
            .. Spec.Covariates.Select((covariate, k) => new Contribution(covariate.Id, unit.Conditions[k], k == 2 ? Math.Exp(means[k]) : means[k], slopes[k] * (Transformed(unit.Conditions[k], k) - means[k]))),
            new Contribution(ContributionIds.LeaveOneOut, double.NaN, double.NaN, 1e-4 * Normal(random)),
        ];
        var expected = mean + contributions.Sum(part => part.Share);
        var chance = Math.Sqrt(4 * expected * (1 - expected) / unit.Exposure);
        var model = 0.0004;
        var actual = expected + (0.002 * Normal(random)) + (chance * Normal(random));
        return Result(unit.Code, outcome, period, unit.Exposure, actual, expected, chance, model, contributions);
    }

    private static AreaResult Sum(AreaResult[] parts) => Result(
        parts[0].Area, "total", parts[0].Period, parts[0].Exposure, parts.Sum(p => p.Actual), parts.Sum(p => p.Expected),
        Math.Sqrt(parts.Sum(p => p.ChanceStandardError * p.ChanceStandardError)), Math.Sqrt(parts.Sum(p => p.ExpectationStandardError * p.ExpectationStandardError)),
        [.. parts[0].Contributions.Select((part, k) => part with { Share = parts.Sum(p => p.Contributions[k].Share) })]);

    private static AreaResult Result(string code, string outcome, Period period, double exposure, double actual, double expected, double chance, double model, Contribution[] contributions)
    {
        var difference = actual - expected;
        var error = Math.Sqrt((chance * chance) + (model * model));
        var (lower, upper) = (difference - (Z * error), difference + (Z * error));
        var significance = upper < 0 ? SignificanceClass.Better : lower > 0 ? SignificanceClass.Worse : SignificanceClass.AsExpected;
        return new AreaResult(code, outcome, period, exposure, actual, expected, difference, error, chance, model, lower, upper, 0, 0, 0, 0, 0, significance,
            0.6 * difference, 0.7 * error, Math.Round((decimal)(difference * exposure) * 140000m), contributions);
    }

    private static List<AreaResult> Ranked(List<AreaResult> results)
    {
        (int Lower, int Upper) Set(AreaResult result, double z)
        {
            bool Apart(AreaResult other) => Math.Abs(other.Difference - result.Difference) > z * Math.Sqrt((other.StandardError * other.StandardError) + (result.StandardError * result.StandardError));
            return (1 + results.Count(other => other.Difference < result.Difference && Apart(other)), results.Count - results.Count(other => other.Difference > result.Difference && Apart(other)));
        }

        return [.. results.Select(result =>
        {
            var (marginal, simultaneous) = (Set(result, Z), Set(result, 3.5));
            return result with
            {
                Rank = 1 + results.Count(other => other.Difference < result.Difference),
                RankLower = marginal.Lower,
                RankUpper = marginal.Upper,
                RankLowerSimultaneous = simultaneous.Lower,
                RankUpperSimultaneous = simultaneous.Upper,
            };
        })];
    }

    private static double Transformed(double value, int k) => k == 2 ? Math.Log(value) : value;

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static IEnumerable<(string Code, string Name)> Codes =>
        ("101 København,147 Frederiksberg,151 Ballerup,153 Brøndby,155 Dragør,157 Gentofte,159 Gladsaxe,161 Glostrup,163 Herlev,165 Albertslund,167 Hvidovre,169 Høje-Taastrup,173 Lyngby-Taarbæk,175 Rødovre,183 Ishøj,185 Tårnby,187 Vallensbæk,190 Furesø,201 Allerød,210 Fredensborg,217 Helsingør,219 Hillerød,223 Hørsholm,230 Rudersdal,240 Egedal,250 Frederikssund,253 Greve,259 Køge,260 Halsnæs,265 Roskilde,269 Solrød,270 Gribskov,306 Odsherred,316 Holbæk,320 Faxe,326 Kalundborg,329 Ringsted,330 Slagelse,336 Stevns,340 Sorø,350 Lejre,360 Lolland,370 Næstved,376 Guldborgsund,390 Vordingborg,400 Bornholm,410 Middelfart,420 Assens,430 Faaborg-Midtfyn,440 Kerteminde,450 Nyborg,461 Odense,479 Svendborg,480 Nordfyns,482 Langeland,492 Ærø,510 Haderslev,530 Billund,540 Sønderborg,550 Tønder,561 Esbjerg,563 Fanø,573 Varde,575 Vejen,580 Aabenraa,607 Fredericia,615 Horsens,621 Kolding,630 Vejle,657 Herning,661 Holstebro,665 Lemvig,671 Struer,706 Syddjurs,707 Norddjurs,710 Favrskov,727 Odder,730 Randers,740 Silkeborg,741 Samsø,746 Skanderborg,751 Aarhus,756 Ikast-Brande,760 Ringkøbing-Skjern,766 Hedensted,773 Morsø,779 Skive,787 Thisted,791 Viborg,810 Brønderslev,813 Frederikshavn,820 Vesthimmerlands,825 Læsø,840 Rebild,846 Mariagerfjord,849 Jammerbugt,851 Aalborg,860 Hjørring"
        ).Split(',').Select(entry => (entry[..3], entry[4..]));

    private sealed record Unit(string Code, double Exposure, double[] Conditions);
}
