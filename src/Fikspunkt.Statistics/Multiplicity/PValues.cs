using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Multiplicity;

/// <summary>What is kept below alpha when many hypotheses are tested. Names in brackets are those of R's <c>p.adjust</c>.</summary>
public enum Adjustment
{
    /// <summary>The chance of any false rejection, whatever the dependence: m p [bonferroni].</summary>
    Bonferroni,

    /// <summary>The same, never less powerful: max over j &lt;= i of (m - j + 1) p_(j) [holm].</summary>
    Holm,

    /// <summary>The same for independent or positively dependent tests: min over j >= i of (m - j + 1) p_(j) [hochberg].</summary>
    Hochberg,

    /// <summary>The expected share of false rejections among the rejections, for independent or positively dependent tests:
    /// min over j >= i of (m / j) p_(j) [BH].</summary>
    BenjaminiHochberg,

    /// <summary>The same whatever the dependence: min over j >= i of (m (1 + 1/2 + ... + 1/m) / j) p_(j) [BY].</summary>
    BenjaminiYekutieli,
}

/// <summary>p-values of many tests.</summary>
/// <remarks>
/// p_(1) &lt;= ... &lt;= p_(m) are the sorted p-values; adjusted values are at most 1. Rejecting where the adjusted value is at most alpha is
/// the procedure of that name at level alpha. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70; Hochberg, Biometrika 75 (1988)
/// 800-802; Benjamini and Hochberg, JRSS B 57 (1995) 289-300; Benjamini and Yekutieli, Annals of Statistics 29 (2001) 1165-1188.
/// NaN stands for a test that was not made: it stays NaN and does not count in m. Deterministic; equal p-values get equal adjusted ones.
/// </remarks>
public static class PValues
{
    /// <summary>Adjusted p-values, in the order given.</summary>
    /// <param name="p">From 0 to 1, or NaN.</param>
    /// <param name="adjustment">How.</param>
    /// <exception cref="InvalidValueException">A value outside 0 to 1.</exception>
    public static double[] Adjust(ReadOnlySpan<double> p, Adjustment adjustment)
    {
        var adjusted = p.ToArray();
        int[] order = [.. Enumerable.Range(0, adjusted.Length).Where(i => !double.IsNaN(adjusted[i])).OrderBy(i => adjusted[i])];
        foreach (var i in order)
        {
            Between(adjusted[i], i);
        }

        var m = order.Length;
        var harmonic = 0.0;
        for (var j = m; j >= 1; j--)
        {
            harmonic += 1.0 / j;
        }

        Func<int, double> factor = adjustment switch
        {
            Adjustment.Bonferroni => _ => m,
            Adjustment.Holm or Adjustment.Hochberg => rank => m - rank,
            Adjustment.BenjaminiHochberg => rank => (double)m / (rank + 1),
            Adjustment.BenjaminiYekutieli => rank => harmonic * m / (rank + 1),
            _ => throw new ArgumentOutOfRangeException(nameof(adjustment)),
        };
        var stepDown = adjustment is Adjustment.Holm or Adjustment.Bonferroni;
        var running = stepDown ? 0.0 : 1.0;
        for (var step = 0; step < m; step++)
        {
            var rank = stepDown ? step : m - 1 - step;
            var own = Math.Min(1, factor(rank) * adjusted[order[rank]]);
            running = stepDown ? Math.Max(running, own) : Math.Min(running, own);
            adjusted[order[rank]] = running;
        }

        return adjusted;
    }

    /// <summary>Which hypotheses are rejected at level <paramref name="alpha"/>; never those whose p-value is NaN.</summary>
    /// <exception cref="InvalidValueException">A p-value or alpha outside 0 to 1.</exception>
    public static bool[] Reject(ReadOnlySpan<double> p, Adjustment adjustment, double alpha)
    {
        Check.Between([alpha], 0, 1, nameof(alpha));
        return Array.ConvertAll(Adjust(p, adjustment), adjusted => adjusted <= alpha);
    }

    private static void Between(double p, int row)
    {
        if (!(p >= 0 && p <= 1))
        {
            throw new InvalidValueException(nameof(p), row, 0, p, Requirement.WithinOrMissing, 0, 1);
        }
    }
}
