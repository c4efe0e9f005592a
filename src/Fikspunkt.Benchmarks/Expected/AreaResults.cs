using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;
using MathNet.Numerics.Distributions;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>What is known of the areas before their uncertainty: sums over outcomes for a total.</summary>
/// <param name="Units">Unit numbers, in order.</param>
/// <param name="Exposure">Exposure.</param>
/// <param name="Actual">Actual shares.</param>
/// <param name="Expected">Expected shares.</param>
/// <param name="Kroner">Prices of the differences; <see langword="null"/> without prices.</param>
/// <param name="Contributions">Contributions.</param>
/// <param name="Effects">Variance of true differences on the scale of the linear predictor.</param>
/// <param name="EffectSlope">Factor from there to a share.</param>
/// <param name="ChanceDegreesOfFreedom">How well chance is known.</param>
/// <param name="EffectDegreesOfFreedom">How well the variance of true differences is known.</param>
internal sealed record AreaFigures(
    int[] Units,
    double[] Exposure,
    double[] Actual,
    double[] Expected,
    decimal?[] Kroner,
    IReadOnlyList<Contribution>[] Contributions,
    EffectSpread Effects,
    double[] EffectSlope,
    double ChanceDegreesOfFreedom,
    double EffectDegreesOfFreedom);

/// <summary>Puts figures and their errors together to results.</summary>
internal static class AreaResults
{
    /// <summary>The figures of one outcome in one of its fit's periods.</summary>
    public static AreaFigures Figures(ModelSpec spec, DefinitionSet definitions, OutcomeSpec outcome, ErrorParts part, PanelPeriod panel, int time)
    {
        var rows = part.Expectation.Rows;
        var own = Enumerable.Range(0, rows.Count).Where(r => rows.Time[r] == time).ToArray();
        var means = Means(spec, rows, own);
        var national = NationalMean(rows, time);
        var price = outcome.BenefitGroup is { } id ? definitions.BenefitGroups.FirstOrDefault(group => group.Id == id)?.PricePerYear : null;
        return new AreaFigures(
            Pick(r => rows.Unit[r]),
            Pick(r => rows.Exposure[r]),
            Pick(r => rows.Shares[r]),
            Pick(r => part.Expectation.Expected[r]),
            Pick(r => price is { } kroner ? decimal.Round((decimal)((rows.Shares[r] - part.Expectation.Expected[r]) * rows.Exposure[r]) * kroner, 2) : (decimal?)null),
            Pick(r => Contributions.Of(part.Expectation, r, panel, means, national, spec)),
            part.Effects,
            Pick(r => part.EffectSlope[r]),
            part.Noise.DegreesOfFreedom,
            Math.Max(rows.Groups.Max() + 1 - rows.X.Columns, 1));

        T[] Pick<T>(Func<int, T> value) => Array.ConvertAll(own, r => value(r));
    }

    /// <summary>The sum over outcomes, for areas that have all of them.</summary>
    /// <param name="outcomes">The outcomes' figures.</param>
    /// <param name="spec">The model.</param>
    /// <param name="panel">Their period.</param>
    /// <param name="chance">Variance of chance in the sums of an area's shares, by unit number.</param>
    public static AreaFigures Sum(IReadOnlyList<AreaFigures> outcomes, ModelSpec spec, PanelPeriod panel, Func<int[], double[]> chance)
    {
        var units = outcomes.Select(outcome => outcome.Units.AsEnumerable()).Aggregate((left, right) => left.Intersect(right)).Order().ToArray();
        var at = outcomes.Select(outcome => Array.ConvertAll(units, unit => Array.IndexOf(outcome.Units, unit))).ToArray();
        var actual = Pick(i => Sum(i, (outcome, a) => outcome.Actual[a]));
        var expected = Pick(i => Sum(i, (outcome, a) => outcome.Expected[a]));
        var slope = Array.ConvertAll(expected, share => spec.Estimator.Family == EstimatorFamily.Linear ? 1 : share * (1 - share));
        var design = new RowMatrix(units.Length, spec.Covariates.Count + 1);
        for (var i = 0; i < units.Length; i++)
        {
            design[i, 0] = slope[i];
            for (var k = 0; k < spec.Covariates.Count; k++)
            {
                design[i, k + 1] = slope[i] * panel.Transformed[k][units[i]];
            }
        }

        // The total's own residuals say how far true totals differ; sums over outcomes would rest on many uncertain correlations.
        var effects = new EffectVariance(design, [.. actual.Zip(expected, (a, e) => a - e)], slope).Posterior(chance(units));
        return new AreaFigures(
            units,
            Pick(i => outcomes[0].Exposure[at[0][i]]),
            actual,
            expected,
            Pick(i => outcomes.Select((outcome, g) => outcome.Kroner[at[g][i]]).Aggregate((left, right) => left + right)),
            Pick(i => Contributions.Sum([.. outcomes.Select((outcome, g) => outcome.Contributions[at[g][i]])])),
            effects,
            slope,
            outcomes.Min(outcome => outcome.ChanceDegreesOfFreedom),
            outcomes.Min(outcome => outcome.EffectDegreesOfFreedom));

        T[] Pick<T>(Func<int, T> value) => [.. Enumerable.Range(0, units.Length).Select(value)];

        double Sum(int i, Func<AreaFigures, int, double> value)
        {
            var sum = 0.0;
            for (var g = 0; g < outcomes.Count; g++)
            {
                sum += value(outcomes[g], at[g][i]);
            }

            return sum;
        }
    }

    /// <summary>Intervals, classes, shrinkage and rank sets.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="areas">Area codes by unit number.</param>
    /// <param name="outcome">Outcome id.</param>
    /// <param name="period">Period.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="errors">Errors of the differences.</param>
    /// <param name="rankErrors">Errors of what is ranked.</param>
    public static IReadOnlyList<AreaResult> Of(
        ModelSpec spec, IReadOnlyList<string> areas, string outcome, Period period, AreaFigures figures, DifferenceErrors errors, RowMatrix rankErrors)
    {
        var count = figures.Units.Length;
        if (count == 0)
        {
            return [];
        }

        var ranked = new double[count];
        for (var i = 0; i < count; i++)
        {
            var difference = figures.Actual[i] - figures.Expected[i];
            ranked[i] = spec.Ranking.By == RankBy.Relative ? difference / figures.Expected[i] : difference;
        }

        var sets = RankConfidence.Sets(ranked, rankErrors, new RankOptions
        {
            Coverage = spec.Ranking.Coverage,
            Draws = spec.Ranking.Draws,
            Seed = spec.Ranking.Seed,
            Best = RankOrder.Lowest,
            Threads = 1,
        });
        var results = new AreaResult[count];
        for (var i = 0; i < count; i++)
        {
            var difference = figures.Actual[i] - figures.Expected[i];
            var variance = errors.Variance[i];
            var se = Math.Sqrt(variance);
            var half = Quantile(spec.Ranking.Coverage, variance, errors.Chance[i], errors.Expectation[i], figures.ChanceDegreesOfFreedom, figures.EffectDegreesOfFreedom) * se;
            var (lower, upper) = (difference - half, difference + half);

            var (shrunken, shrunkenSd) = figures.Effects.Shrink(difference, variance, figures.EffectSlope[i]);
            results[i] = new AreaResult(
                areas[figures.Units[i]],
                outcome,
                period,
                figures.Exposure[i],
                figures.Actual[i],
                figures.Expected[i],
                difference,
                se,
                Math.Sqrt(errors.Chance[i]),
                Math.Sqrt(errors.Expectation[i]),
                lower,
                upper,
                sets.Rank[i],
                sets.MarginalLower[i],
                sets.MarginalUpper[i],
                sets.SimultaneousLower[i],
                sets.SimultaneousUpper[i],
                ClassOf(lower, upper),
                shrunken,
                shrunkenSd,
                figures.Kroner[i],
                figures.Contributions[i]);
        }

        return results;
    }

    /// <summary>National share of a fit's period: exposure-weighted mean.</summary>
    public static double NationalMean(FitRows rows, int time)
    {
        double persons = 0, exposure = 0;
        for (var r = 0; r < rows.Count; r++)
        {
            if (rows.Time[r] == time)
            {
                persons += rows.Shares[r] * rows.Exposure[r];
                exposure += rows.Exposure[r];
            }
        }

        return persons / exposure;
    }

    /// <summary>Whether an interval of a difference holds zero.</summary>
    public static SignificanceClass ClassOf(double lower, double upper) =>
        upper < 0 ? SignificanceClass.Better : lower > 0 ? SignificanceClass.Worse : SignificanceClass.AsExpected;

    /// <summary>Student's t with Satterthwaite's degrees of freedom for a sum of two estimated variances.</summary>
    public static double Quantile(double coverage, double variance, double chance, double expectation, double chanceFreedom, double effectFreedom)
    {
        var spread = (chance * chance / chanceFreedom) + (expectation * expectation / effectFreedom);
        var freedom = spread > 0 ? Math.Max(variance * variance / spread, 1) : double.PositiveInfinity;
        var probability = 1 - ((1 - coverage) / 2);
        return freedom > 1e6 ? Normal.InvCDF(0, 1, probability) : StudentT.InvCDF(0, 1, freedom, probability);
    }

    private static double[] Means(ModelSpec spec, FitRows rows, int[] own)
    {
        var means = new double[spec.Covariates.Count];
        var weight = own.Sum(r => rows.Weights[r]);
        for (var k = 0; k < means.Length; k++)
        {
            means[k] = own.Sum(r => rows.Weights[r] * rows.X[r, k + 1]) / weight;
        }

        return means;
    }
}
