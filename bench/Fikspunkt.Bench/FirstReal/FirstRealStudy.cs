using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Bench.FirstReal;

/// <summary>One way to specify a model.</summary>
/// <param name="Name">What differs from the model as defined.</param>
/// <param name="Spec">The model.</param>
internal sealed record Variant(string Name, ModelSpec Spec);

/// <summary>A variant and its run.</summary>
internal sealed record VariantRun(Variant Variant, BenchmarkRun Run)
{
    /// <summary>Results by area and period.</summary>
    public IReadOnlyDictionary<(string Area, Period Period), AreaResult> Cells { get; } = Run.Results.ToDictionary(r => (r.Area, r.Period));
}

/// <summary>How one municipality stands over the years and specifications.</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Mean">Mean difference over the years, model as defined (share).</param>
/// <param name="Low">Smallest mean difference over the specifications.</param>
/// <param name="High">Largest mean difference over the specifications.</param>
/// <param name="Better">Years better than expected, model as defined.</param>
/// <param name="Worse">Years worse than expected, model as defined.</param>
/// <param name="LeastBetter">Fewest years better than expected under any specification that has every year, in its own years' share.</param>
/// <param name="LeastWorse">Fewest years worse than expected under any specification.</param>
/// <param name="MeanRank">Mean rank over the years.</param>
internal sealed record Standing(string Area, double Mean, double Low, double High, int Better, int Worse, int LeastBetter, int LeastWorse, double MeanRank);

/// <summary>How ranks move over a number of years.</summary>
/// <param name="Lag">Years between.</param>
/// <param name="Pairs">Pairs of years.</param>
/// <param name="Correlation">Mean correlation of the ranks.</param>
/// <param name="MeanShift">Mean shift.</param>
/// <param name="Apart">Share of municipalities whose own rank sets of the two years have no rank in common.</param>
internal sealed record Movement(int Lag, int Pairs, double Correlation, double MeanShift, double Apart);

/// <summary>What a wrong figure does: Svendborg's owner-occupied dwellings are 0.10 per cent in the source's 2010.</summary>
/// <param name="Asis">The run of 2010 on the figures as they are.</param>
/// <param name="Mended">The run with Svendborg's figure of 2011 in its place.</param>
internal sealed record DataError(VariantRun Asis, VariantRun Mended)
{
    /// <summary>Code of Svendborg.</summary>
    public const string Svendborg = "479";

    /// <summary>The indicator with the wrong figure.</summary>
    public const string Indicator = "owner_occupied_dwelling_share_pct";
}

/// <summary>Runs a model on Statistics Denmark's figures under many specifications, for <c>docs/first-real-benchmark.md</c>.</summary>
internal static class FirstRealStudy
{
    /// <summary>Draws where rank sets are not looked at.</summary>
    private const int FewDraws = 100;

    /// <summary>The model as defined, with all its draws.</summary>
    public static VariantRun AsDefined(DefinitionSet definitions, IReadOnlyList<Observation> observations, string model) =>
        Run(new Variant("as defined", definitions.Models[model]), definitions, observations);

    /// <summary>The other specifications.</summary>
    public static IReadOnlyList<Variant> Variants(ModelSpec spec)
    {
        spec = spec with { Ranking = spec.Ranking with { Draws = FewDraws } };
        var estimator = spec.Estimator;
        var other = spec.Noise.Model == NoiseModel.Panel ? NoiseModel.Binomial : NoiseModel.Panel;
        return
        [
            new("unweighted (OLS)", spec with { Estimator = estimator with { WeightByExposure = false } }),
            new("fractional logit", spec with { Estimator = estimator with { Family = EstimatorFamily.FractionalLogit } }),
            new("own figure not left out", spec with { Estimator = estimator with { LeaveOneOut = false } }),
            new("pooled over years", spec with { Estimator = estimator with { Pooled = true } }),
            new("pooled fractional logit", spec with { Estimator = estimator with { Pooled = true, Family = EstimatorFamily.FractionalLogit } }),
            new("exact years only", ExactYears(spec)),
            new($"noise: {other.ToString().ToUpperInvariant()}", spec with { Noise = new NoiseSpec(other, null) }),
            .. spec.Covariates.Select(left => new Variant($"without {left.Id}", spec with { Covariates = [.. spec.Covariates.Where(c => c != left)] })),
        ];
    }

    /// <summary>Runs one.</summary>
    public static VariantRun Run(Variant variant, DefinitionSet definitions, IReadOnlyList<Observation> observations) =>
        new(variant, BenchmarkRunner.Run(variant.Spec, definitions, observations, []));

    /// <summary>The years that have every figure of their own.</summary>
    public static ModelSpec ExactYears(ModelSpec spec) => spec with
    {
        Periods = spec.Periods with { Select = ["2011", "2015", "2019"] },
        Exposure = spec.Exposure with { NearestPeriod = false },
        Covariates = [.. spec.Covariates.Select(c => c with { NearestPeriod = false })],
    };

    /// <summary>2010, with and without the source's error.</summary>
    public static DataError WithError(DefinitionSet definitions, IReadOnlyList<Observation> observations)
    {
        var model = definitions.Models["dst-unemployment"];
        var spec = model with
        {
            Periods = model.Periods with { Select = ["2010"] },
            Covariates = [.. model.Covariates.Select(c => c with { NearestPeriod = true })],
            Noise = new NoiseSpec(NoiseModel.Binomial, null),
        };
        bool IsOwner(Observation o, int year) => o.Area == DataError.Svendborg && o.Indicator == DataError.Indicator && o.Period == Period.OfYear(year);
        var right = observations.Single(o => IsOwner(o, 2011)).Value;
        return new DataError(
            Run(new Variant("2010 as published", spec), definitions, observations),
            Run(new Variant("2010 mended", spec), definitions, [.. observations.Select(o => IsOwner(o, 2010) ? o with { Value = right } : o)]));
    }

    /// <summary>How the municipalities stand. Specifications with fewer years count by the share of their years.</summary>
    public static IReadOnlyList<Standing> Standings(VariantRun asDefined, IReadOnlyList<VariantRun> others)
    {
        var all = others.Prepend(asDefined).Select(one => one.Run.Results.ToLookup(r => r.Area)).ToArray();
        return
        [
            .. all[0].Select(area =>
            {
                var years = area.Count();
                var means = Array.ConvertAll(all, run => run[area.Key].Average(r => r.Difference));
                return new Standing(
                    area.Key,
                    means[0],
                    means.Min(),
                    means.Max(),
                    Count(area, SignificanceClass.Better),
                    Count(area, SignificanceClass.Worse),
                    all.Min(run => Scaled(run[area.Key], SignificanceClass.Better, years)),
                    all.Min(run => Scaled(run[area.Key], SignificanceClass.Worse, years)),
                    area.Average(r => r.Rank));
            }).OrderBy(standing => standing.Mean),
        ];

        static int Count(IEnumerable<AreaResult> results, SignificanceClass wanted) => results.Count(r => r.Class == wanted);
        static int Scaled(IEnumerable<AreaResult> results, SignificanceClass wanted, int years) => (int)Math.Floor(years * (double)Count(results, wanted) / results.Count());
    }

    /// <summary>How ranks move.</summary>
    public static Movement Moves(VariantRun run, int lag)
    {
        var byYear = run.Run.Results.GroupBy(r => r.Period.Year).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Area, StringComparer.Ordinal).ToArray());
        var pairs = byYear.Keys.Where(year => byYear.ContainsKey(year + lag)).Select(year => byYear[year].Zip(byYear[year + lag]).ToArray()).ToArray();
        return new Movement(
            lag,
            pairs.Length,
            pairs.Average(pair => Correlation([.. pair.Select(p => (double)p.First.Rank)], [.. pair.Select(p => (double)p.Second.Rank)])),
            pairs.Average(pair => pair.Average(p => Math.Abs(p.First.Rank - p.Second.Rank))),
            pairs.Average(pair => pair.Average(p => p.First.RankUpper < p.Second.RankLower || p.Second.RankUpper < p.First.RankLower ? 1.0 : 0.0)));
    }

    /// <summary>Points that the expectation moves for one weighted standard deviation of a condition, with the coefficient's sign.</summary>
    public static double Effect(VariantRun run, Period period, string covariate)
    {
        double weight = 0, sum = 0, squares = 0;
        foreach (var result in run.Run.Results.Where(r => r.Period == period))
        {
            var share = result.Contributions.Single(c => c.Covariate == covariate).Share;
            (weight, sum, squares) = (weight + result.Exposure, sum + (result.Exposure * share), squares + (result.Exposure * share * share));
        }

        return Math.Sign(Term(run, period, covariate).Estimate) * 100 * Math.Sqrt((squares / weight) - (sum / weight * (sum / weight)));
    }

    /// <summary>A coefficient.</summary>
    public static Coefficient Term(VariantRun run, Period period, string covariate) =>
        run.Run.Fits.Single(fit => fit.Period is null || fit.Period == period).Coefficients.Single(c => c.Term == covariate);

    /// <summary>Pearson's correlation.</summary>
    public static double Correlation(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (mx, my) = (x.Average(), y.Average());
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Count; i++)
        {
            (xx, yy, xy) = (xx + ((x[i] - mx) * (x[i] - mx)), yy + ((y[i] - my) * (y[i] - my)), xy + ((x[i] - mx) * (y[i] - my)));
        }

        return xy / Math.Sqrt(xx * yy);
    }
}
