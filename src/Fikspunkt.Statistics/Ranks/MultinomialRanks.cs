using Fikspunkt.Statistics.Numerics;
using MathNet.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>How the p-values of many pairs are judged together.</summary>
public enum RankCorrection
{
    /// <summary>Holm's steps: never fewer established pairs than <see cref="Bonferroni"/>.</summary>
    Holm,

    /// <summary>Each p-value against (1 - coverage) / number of tests.</summary>
    Bonferroni,

    /// <summary>Each p-value against 1 - coverage: the sets hold less often than stated.</summary>
    None,
}

/// <summary>How confidence sets for ranks of categories are made.</summary>
/// <param name="Coverage">Probability with which a set holds the true rank, strictly between 0 and 1.</param>
/// <param name="Correction">How p-values are judged together.</param>
/// <param name="Best">Which end has rank 1.</param>
/// <param name="Bounds">Which ends of the sets are bounded.</param>
public sealed record MultinomialRankOptions(
    double Coverage = 0.95,
    RankCorrection Correction = RankCorrection.Holm,
    RankOrder Best = RankOrder.Highest,
    RankBounds Bounds = RankBounds.TwoSided)
{
    /// <summary>The categories (from 0) whose ranks are asked for; <see langword="null"/> for all.</summary>
    public IReadOnlyList<int>? Units { get; init; }
}

/// <summary>Confidence sets for the ranks of categories by their probabilities, from one multinomial sample; exact for any sample size.</summary>
/// <remarks>
/// Bazylik, Mogstad, Romano, Shaikh and Wilhelm, Finite- and large-sample inference for ranks using multinomial data with an application
/// to ranking political parties, cemmap working paper CWP40/21. Given the sum S of two counts, X_j is binomial(S, 1/2) when both
/// categories are equally likely; "j is more likely than k" has the p-value P(X >= x_j). Simultaneous sets judge all pairs together,
/// marginal sets those of one category; bounds as in <see cref="RankConfidence"/>. Two categories without any count cannot be told apart.
/// Needs independent draws: counts of persons that are sampled in households are more spread. Deterministic.
/// </remarks>
public static class MultinomialRanks
{
    /// <summary>From here on the incomplete beta function takes ever more terms; the expansion's relative error in a p-value above 1e-15 is below 1e-4.</summary>
    private const long ManyTrials = 1_000_000;

    /// <summary>Ranks and their marginal and simultaneous confidence sets.</summary>
    /// <param name="counts">Counts by category, not negative, below 2^53 together with any other.</param>
    /// <param name="options">Coverage, correction, direction.</param>
    /// <exception cref="InvalidValueException">A count below 0 or above 2^52.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static RankSets Sets(ReadOnlySpan<long> counts, MultinomialRankOptions options)
    {
        if (!(options.Coverage > 0 && options.Coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Coverage, "The coverage lies strictly between 0 and 1.");
        }

        var x = Array.ConvertAll(counts.ToArray(), count => (double)count);
        Check.Between(x, 0, 1L << 52, nameof(counts));
        var family = new RankFamily(counts.Length, options.Bounds, options.Units);
        var p = PValues(counts, options.Best);
        var (lower, upper) = (new int[family.Units.Length], new int[family.Units.Length]);
        for (var at = 0; at < lower.Length; at++)
        {
            var own = new RankFamily(counts.Length, options.Bounds, [family.Units[at]]);
            var (low, high) = own.Bounds(Established(p, own, options));
            (lower[at], upper[at]) = (low[0], high[0]);
        }

        var better = Established(p, family, options);
        var single = options.Correction == RankCorrection.Holm ? Established(p, family, options with { Correction = RankCorrection.Bonferroni }) : better;
        return new RankSets(family, RankOf.Smallest(x, options.Best), (lower, upper), family.Bounds(better), family.Bounds(single), better, double.NaN);
    }

    /// <summary>[j, k]: the p-value of "j is better than k".</summary>
    private static double[] PValues(ReadOnlySpan<long> counts, RankOrder best)
    {
        var p = new double[counts.Length * counts.Length];
        for (var j = 0; j < counts.Length; j++)
        {
            for (var k = 0; k < counts.Length; k++)
            {
                p[(j * counts.Length) + k] = AtLeast(best == RankOrder.Highest ? counts[j] : counts[k], counts[j] + counts[k]);
            }
        }

        return p;
    }

    private static bool[] Established(double[] p, RankFamily family, MultinomialRankOptions options)
    {
        var tested = Enumerable.Range(0, p.Length).Where(at => family.Tests(at / family.Count, at % family.Count)).OrderBy(at => p[at]).ToArray();
        var better = new bool[p.Length];
        for (var i = 0; i < tested.Length; i++)
        {
            var tests = options.Correction switch
            {
                RankCorrection.Holm => tested.Length - i,
                RankCorrection.Bonferroni => tested.Length,
                _ => 1,
            };

            // p-values ascend and levels do not fall below the first: the first failure ends all three rules.
            if (p[tested[i]] > (1 - options.Coverage) / tests)
            {
                break;
            }

            better[tested[i]] = true;
        }

        return better;
    }

    /// <summary>P(X >= x), X ~ binomial(trials, 1/2).</summary>
    private static double AtLeast(long x, long trials)
    {
        if (x == 0)
        {
            return 1;
        }

        if (trials < ManyTrials)
        {
            return SpecialFunctions.BetaRegularized(x, trials - x + 1, 0.5);
        }

        // Edgeworth with the continuity correction: no skewness, excess kurtosis -2 / trials.
        var z = (x - 0.5 - (0.5 * trials)) / (0.5 * Math.Sqrt(trials));
        var density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        return Math.Clamp(NormalDistribution.Cumulative(-z) - (density * z * ((z * z) - 3) / (12.0 * trials)), 0, 1);
    }
}
