using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Groups;

/// <summary>Ways to measure how unlike two compositions p and q are.</summary>
public enum CompositionDistance
{
    /// <summary>Euclidean distance of the centred log ratios log p_j - mean log p: ratios count, the base does not. No share may be 0.</summary>
    Aitchison,

    /// <summary>sqrt(sum (sqrt p_j - sqrt q_j)^2 / 2): from 0 to 1 for shares that add up to 1; small shares count more than in the next ones.</summary>
    Hellinger,

    /// <summary>sum |p_j - q_j| / 2: the share that would have to move for the two to become alike.</summary>
    TotalVariation,

    /// <summary>sum |p_j - q_j|.</summary>
    Manhattan,

    /// <summary>sum |p_j - q_j| / sum (p_j + q_j); 0 between two that are empty.</summary>
    BrayCurtis,

    /// <summary>sqrt(sum (p_j - q_j)^2).</summary>
    Euclidean,
}

/// <summary>Distances between compositions, and zeros in them.</summary>
/// <remarks>
/// Aitchison, The Statistical Analysis of Compositional Data (Chapman and Hall 1986); Legendre and Gallagher, Oecologia 129 (2001) 271-280
/// (Hellinger, there without the factor 1/2); Bray and Curtis, Ecological Monographs 27 (1957) 325-349.
/// Missing shares are not allowed. Deterministic.
/// </remarks>
public static class Compositions
{
    /// <summary>The distances between all units.</summary>
    /// <param name="shares">One row per unit, one column per part, not negative; made by <see cref="Shares.Of"/>, so that their base is known.</param>
    /// <param name="distance">Which distance.</param>
    /// <exception cref="InvalidValueException">A share is negative, NaN or infinite, or 0 for <see cref="CompositionDistance.Aitchison"/>.</exception>
    public static Distances Distances(RowMatrix shares, CompositionDistance distance)
    {
        RequireShares(shares, distance == CompositionDistance.Aitchison);
        return distance switch
        {
            CompositionDistance.Aitchison => Groups.Distances.Euclidean(CentredLogRatios(shares)),
            CompositionDistance.Hellinger => Groups.Distances.Euclidean(Each(shares, share => Math.Sqrt(share / 2))),
            CompositionDistance.TotalVariation => new Distances(shares.Rows, (a, b) => Moved(shares.Row(a), shares.Row(b)) / 2),
            CompositionDistance.Manhattan => new Distances(shares.Rows, (a, b) => Moved(shares.Row(a), shares.Row(b))),
            CompositionDistance.BrayCurtis => new Distances(shares.Rows, (a, b) => BrayCurtis(shares.Row(a), shares.Row(b))),
            CompositionDistance.Euclidean => Groups.Distances.Euclidean(shares),
            _ => throw new ArgumentOutOfRangeException(nameof(distance)),
        };
    }

    /// <summary>log p_j minus the mean of the logs of the row.</summary>
    /// <exception cref="InvalidValueException">A share is not above 0, NaN or infinite.</exception>
    public static RowMatrix CentredLogRatios(RowMatrix shares)
    {
        RequireShares(shares, above: true);
        var ratios = Each(shares, Math.Log);
        for (var i = 0; i < ratios.Rows; i++)
        {
            var row = ratios.Row(i);
            var mean = CompensatedSum.Of(row) / row.Length;
            for (var j = 0; j < row.Length; j++)
            {
                row[j] -= mean;
            }
        }

        return ratios;
    }

    /// <summary>Puts a small share in the place of zeros and takes it from the other parts of the row in proportion, so that the sum and
    /// the ratios of the others stay: Martin-Fernandez, Barcelo-Vidal and Pawlowsky-Glahn, Mathematical Geology 35 (2003) 253-278.</summary>
    /// <param name="shares">One row per unit, one column per part, not negative.</param>
    /// <param name="replacement">The share put in the place of a 0: half of the smallest share that can be told from 0 is usual.</param>
    /// <exception cref="InvalidValueException">A share is negative, NaN or infinite; the replacement is not above 0 or leaves nothing of a row.</exception>
    public static RowMatrix ReplaceZeros(RowMatrix shares, double replacement)
    {
        RequireShares(shares, above: false);
        Check.Positive([replacement], nameof(replacement));
        var replaced = new RowMatrix(shares.Rows, shares.Columns, (double[])shares.Values.Clone());
        for (var i = 0; i < replaced.Rows; i++)
        {
            var row = replaced.Row(i);
            var (sum, zeros) = (CompensatedSum.Of(row), row.Count(0.0));
            var rest = 1 - (zeros * replacement / sum);
            if (!(rest > 0))
            {
                throw new InvalidValueException(nameof(replacement), i, 0, replacement, Requirement.Replacement, zeros, sum);
            }

            for (var j = 0; j < row.Length; j++)
            {
                row[j] = row[j] == 0 ? replacement : row[j] * rest;
            }
        }

        return replaced;
    }

    private static double Moved(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var sum = 0.0;
        for (var j = 0; j < p.Length; j++)
        {
            sum += Math.Abs(p[j] - q[j]);
        }

        return sum;
    }

    private static double BrayCurtis(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var (moved, all) = (Moved(p, q), CompensatedSum.Of(p) + CompensatedSum.Of(q));
        return moved == 0 ? 0 : moved / all;
    }

    private static RowMatrix Each(RowMatrix shares, Converter<double, double> change) =>
        new(shares.Rows, shares.Columns, Array.ConvertAll(shares.Values, change));

    private static void RequireShares(RowMatrix shares, bool above)
    {
        Check.Finite(shares.Values, nameof(shares), shares.Columns);
        for (var i = 0; i < shares.Values.Length; i++)
        {
            if (shares.Values[i] < 0 || (above && shares.Values[i] == 0))
            {
                throw new InvalidValueException(nameof(shares), i / shares.Columns, i % shares.Columns, shares.Values[i], above ? Requirement.AboveZero : Requirement.NotBelowZero);
            }
        }
    }
}
