using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Tests;

/// <summary>A small made-up panel with two benefit groups, yearly covariates and either years or months.</summary>
internal sealed class MadeUpPanel
{
    private readonly Random random;
    private readonly int units;

    public MadeUpPanel(int units = 30, int years = 5, int seed = 1, bool monthly = false)
    {
        (random, this.units) = (new Random(seed), units);
        for (var i = 0; i < units; i++)
        {
            var size = Math.Round(3000 * Math.Exp(random.NextDouble() * 3));
            var (a, b) = (Normal(), Normal());
            var effect = 0.1 * Normal();
            for (var t = 0; t < years; t++)
            {
                var year = Period.OfYear(2015 + t);
                Add(i, year, "size", "", size);
                Add(i, year, "x1", "", 20 + (4 * a) + (0.1 * t));
                Add(i, year, "x2", "", Math.Exp(0.3 * b));
                foreach (var (group, level) in new[] { ("g1", -3.0), ("g2", -2.5) })
                {
                    var share = 1 / (1 + Math.Exp(-(level + (0.1 * a) - (0.1 * b) + effect)));
                    for (var m = 1; m <= (monthly ? 12 : 1); m++)
                    {
                        var persons = Math.Max(0, Math.Round((share * size) + (Math.Sqrt(share * size) * Normal())));
                        Add(i, monthly ? Period.Month(2015 + t, m) : year, "persons", Breakdown.OfBenefitGroup(group), persons);
                    }
                }
            }
        }
    }

    public List<Observation> Observations { get; } = [];

    public DefinitionSet Definitions(IReadOnlyList<SeriesBreak>? breaks = null) => SmallModels.Definitions(
        Enumerable.Range(0, units).Select(Code),
        [new BenefitGroup("g1", SmallModels.Text("g1"), null, null, null, [], 100_000.50m, ""), new BenefitGroup("g2", SmallModels.Text("g2"), null, null, null, [], 70_000m, "")],
        breaks);

    public static string Code(int unit) => $"{100 + unit}";

    public static ModelSpec Spec(
        EstimatorFamily family = EstimatorFamily.FractionalLogit,
        bool pooled = false,
        bool leaveOneOut = true,
        bool weighted = true,
        NoiseSpec? noise = null,
        PeriodSpec? periods = null,
        IReadOnlyList<CovariateSpec>? covariates = null,
        double minimum = 0,
        RankBy by = RankBy.Share) => SmallModels.Model(
            [
                SmallModels.Outcome("g1", "persons", Breakdown.OfBenefitGroup("g1"), OutcomeScale.Count, "g1"),
                SmallModels.Outcome("g2", "persons", Breakdown.OfBenefitGroup("g2"), OutcomeScale.Count, "g2"),
            ],
            covariates ?? [SmallModels.Covariate("x1"), SmallModels.Covariate("x2", CovariateTransform.Log)],
            "size",
            periods ?? new PeriodSpec(PeriodKind.Year, ["all"], 0),
            new EstimatorSpec(family, weighted, pooled, leaveOneOut),
            noise ?? new NoiseSpec(NoiseModel.Panel, null),
            new TotalSpec("total", SmallModels.Text("total"), ["g1", "g2"]),
            minimum,
            nearestExposure: true,
            new RankingSpec(by, 0.95, 500, 7));

    public BenchmarkRun Run(ModelSpec spec, IReadOnlyList<SeriesBreak>? breaks = null) =>
        BenchmarkRunner.Run(spec, Definitions(breaks), Observations, SmallModels.NoVintages);

    /// <summary>Puts another cell in place of the one with the same key.</summary>
    public void Replace(int unit, Period period, string indicator, string breakdown, double? value, ObservationStatus status)
    {
        var at = Observations.FindIndex(o => o.Area == Code(unit) && o.Period == period && o.Indicator == indicator && o.Breakdown == breakdown);
        Observations[at] = Observations[at] with { Value = value, Status = status };
    }

    private void Add(int unit, Period period, string indicator, string breakdown, double value) =>
        Observations.Add(new Observation(Code(unit), period, indicator, breakdown, value, value == 0 ? ObservationStatus.Zero : ObservationStatus.Ok));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
