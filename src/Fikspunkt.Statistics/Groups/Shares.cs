using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Groups;

/// <summary>Counts as shares of a base that the caller must name.</summary>
/// <remarks>Which unit looks like which depends on the base (all persons, or the persons counted): there is no default.
/// A count of 0 is a share of 0; missing counts are not allowed. Deterministic.</remarks>
public static class Shares
{
    /// <summary>counts / base, row by row.</summary>
    /// <param name="counts">One row per unit, one column per part; finite and not negative.</param>
    /// <param name="shareBase">What the counts of each unit are shares of, above 0: <see cref="RowSums"/>, <see cref="Column"/>, or numbers of one's own.</param>
    /// <exception cref="InvalidValueException">A count that is negative, NaN, infinite or above its base; a base that is not above 0.</exception>
    public static RowMatrix Of(RowMatrix counts, ReadOnlySpan<double> shareBase)
    {
        Check.SameLength(counts.Rows, shareBase.Length, nameof(shareBase));
        RequireCounts(counts);
        Check.Positive(shareBase, nameof(shareBase));
        var shares = new RowMatrix(counts.Rows, counts.Columns);
        for (var i = 0; i < counts.Rows; i++)
        {
            for (var j = 0; j < counts.Columns; j++)
            {
                shares[i, j] = counts[i, j] <= shareBase[i]
                    ? counts[i, j] / shareBase[i]
                    : throw new InvalidValueException(nameof(counts), i, j, counts[i, j], Requirement.UpToItsBase, shareBase[i]);
            }
        }

        return shares;
    }

    /// <summary>The base "the persons counted": the sum of each row.</summary>
    /// <exception cref="InvalidValueException">A count that is negative, NaN or infinite.</exception>
    public static double[] RowSums(RowMatrix counts)
    {
        RequireCounts(counts);
        var sums = new double[counts.Rows];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = CompensatedSum.Of(counts.Row(i));
        }

        return sums;
    }

    /// <summary>The base "one of the columns", as a column of totals.</summary>
    public static double[] Column(RowMatrix counts, int column)
    {
        var values = new double[counts.Rows];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = counts[i, column];
        }

        return values;
    }

    private static void RequireCounts(RowMatrix counts)
    {
        Check.Finite(counts.Values, nameof(counts), counts.Columns);
        for (var i = 0; i < counts.Values.Length; i++)
        {
            if (counts.Values[i] < 0)
            {
                throw new InvalidValueException(nameof(counts), i / counts.Columns, i % counts.Columns, counts.Values[i], Requirement.NotBelowZero);
            }
        }
    }
}
