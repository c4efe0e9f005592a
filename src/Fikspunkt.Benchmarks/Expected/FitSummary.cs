using Fikspunkt.Domain;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>Sums up what was fitted.</summary>
internal static class FitSummary
{
    /// <summary>One outcome's fit.</summary>
    public static OutcomeFit Of(string outcome, ErrorParts part)
    {
        var expectation = part.Expectation;
        var rows = expectation.Rows;
        var covariance = expectation.CoefficientCovariance();
        return new OutcomeFit(
            outcome,
            PeriodOf(rows),
            rows.Groups.Max() + 1,
            Expectation.Dot(rows.Shares, rows.Exposure) / rows.Exposure.Sum(),
            [.. rows.Terms.Select((term, j) => new Coefficient(term, expectation.Coefficients[j], Math.Sqrt(covariance[j, j])))],
            RSquared(rows.Shares, expectation.InSample, rows.Weights),
            part.Noise.Factor,
            part.EffectSd.Average(sd => sd * sd));
    }

    /// <summary>The total's: no coefficients of its own, and the overdispersion that its outcomes' chance adds up to.</summary>
    public static OutcomeFit OfTotal(string total, IReadOnlyList<ErrorParts> parts, RowMatrix chance, RowMatrix effects)
    {
        var maps = parts.Select(part => Enumerable.Range(0, part.Expectation.Rows.Count)
            .ToDictionary(r => (part.Expectation.Rows.Unit[r], part.Expectation.Rows.Time[r]))).ToArray();
        var first = parts[0].Expectation.Rows;
        var complete = Enumerable.Range(0, first.Count).Where(r => Array.TrueForAll(maps, map => map.ContainsKey((first.Unit[r], first.Time[r])))).ToArray();
        var shares = new double[complete.Length];
        var fitted = new double[complete.Length];
        double chanceSum = 0, binomialSum = 0, effectSum = 0;
        for (var i = 0; i < complete.Length; i++)
        {
            var at = maps.Select(map => map[(first.Unit[complete[i]], first.Time[complete[i]])]).ToArray();
            for (var g = 0; g < parts.Count; g++)
            {
                shares[i] += parts[g].Expectation.Rows.Shares[at[g]];
                fitted[i] += parts[g].Expectation.InSample[at[g]];
                for (var h = 0; h < parts.Count; h++)
                {
                    chanceSum += chance[g, h] * parts[g].ChanceSd[at[g]] * parts[h].ChanceSd[at[h]];
                    effectSum += effects[g, h] * parts[g].EffectSd[at[g]] * parts[h].EffectSd[at[h]];
                }
            }

            binomialSum += fitted[i] * (1 - fitted[i]) / first.Exposure[complete[i]];
        }

        var weights = Array.ConvertAll(complete, r => first.Weights[r]);
        return new OutcomeFit(
            total,
            PeriodOf(first),
            complete.Select(r => first.Unit[r]).Distinct().Count(),
            parts.Sum(part => Expectation.Dot(part.Expectation.Rows.Shares, part.Expectation.Rows.Exposure) / part.Expectation.Rows.Exposure.Sum()),
            [],
            RSquared(shares, fitted, weights),
            chanceSum / binomialSum,
            Math.Max(effectSum, 0) / complete.Length);
    }

    /// <summary>1 - sum w (y - yhat)^2 / sum w (y - ybar)^2.</summary>
    private static double RSquared(double[] shares, double[] fitted, double[] weights)
    {
        var mean = Expectation.Dot(shares, weights) / weights.Sum();
        double residual = 0, total = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            residual += weights[i] * (shares[i] - fitted[i]) * (shares[i] - fitted[i]);
            total += weights[i] * (shares[i] - mean) * (shares[i] - mean);
        }

        return 1 - (residual / total);
    }

    private static Period? PeriodOf(FitRows rows) => rows.Periods.Count == 1 ? rows.Periods[0] : null;
}
