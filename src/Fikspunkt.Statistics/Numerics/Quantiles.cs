namespace Fikspunkt.Statistics.Numerics;

/// <summary>Quantiles of samples.</summary>
public static class Quantiles
{
    /// <summary>Type 7 quantile (Hyndman and Fan, American Statistician 50 (1996)): linear between the order statistics around position (n - 1) p.</summary>
    /// <param name="values">At least one value, none NaN; reordered.</param>
    /// <param name="p">From 0 to 1.</param>
    public static double Type7InPlace(Span<double> values, double p) => InPlace(values, p, n => (n - 1) * p);

    /// <summary>Type 9 quantile (Hyndman and Fan, as above): linear around position n p + p / 4 + 3 / 8 counted from 1; close to unbiased for normal samples.</summary>
    /// <param name="values">At least one value, none NaN; reordered.</param>
    /// <param name="p">From 0 to 1.</param>
    public static double Type9InPlace(Span<double> values, double p) => InPlace(values, p, n => ((n + 0.25) * p) - 0.625);

    /// <summary>Linear between the order statistics around a position that is counted from 0 and kept inside.</summary>
    private static double InPlace(Span<double> values, double p, Func<int, double> at)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        var position = Math.Clamp(at(values.Length), 0, values.Length - 1);
        var below = (int)Math.Floor(position);
        Select(values, below);
        var low = values[below];
        if (position == below)
        {
            return low;
        }

        var high = double.PositiveInfinity;
        foreach (var value in values[(below + 1)..])
        {
            high = Math.Min(high, value);
        }

        return low + ((position - below) * (high - low));
    }

    /// <summary>Moves the k-th smallest value to place k, smaller ones before it, larger ones after (Hoare's selection, median of three).</summary>
    private static void Select(Span<double> values, int k)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = MedianOfThree(values[low], values[(low + high) / 2], values[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j)
            {
                high = j;
            }
            else if (k >= i)
            {
                low = i;
            }
            else
            {
                return;
            }
        }
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
