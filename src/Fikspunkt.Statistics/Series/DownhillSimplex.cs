namespace Fikspunkt.Statistics.Series;

/// <summary>Search for a low point of a function of several variables without derivatives, started anew until nothing is gained.</summary>
/// <remarks>Nelder and Mead, Computer Journal 7 (1965) 308-313: reflection 1, expansion 2, contraction and shrinking 1/2. Deterministic.</remarks>
internal static class DownhillSimplex
{
    /// <summary>A search ends when its corners differ by less than this, relative to the value.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>It starts anew only if that search gained more than this: new corners help out of a collapsed simplex, not along a flat valley.</summary>
    private const double WorthAnother = 1e-4;
    private const int MostSearches = 10;

    public delegate double Function(ReadOnlySpan<double> x);

    /// <summary>Searches from <paramref name="start"/>; a value of at most <paramref name="enough"/> ends the search.</summary>
    public static (double[] Point, double Value) Minimise(Function f, double[] start, double enough)
    {
        var (best, value) = (start, f(start));
        for (var restart = 0; restart < MostSearches && value > enough; restart++)
        {
            var (point, lower) = Once(f, best, enough);
            var gained = value - lower;
            (best, value) = lower < value ? (point, lower) : (best, value);
            if (!(gained > WorthAnother * Math.Abs(value)))
            {
                break;
            }
        }

        return (best, value);
    }

    private static (double[] Point, double Value) Once(Function f, double[] start, double enough)
    {
        var d = start.Length;
        var size = 0.1 * start.Max(Math.Abs);
        var corners = new double[d + 1][];
        var values = new double[d + 1];
        for (var i = 0; i <= d; i++)
        {
            corners[i] = (double[])start.Clone();
            if (i > 0)
            {
                corners[i][i - 1] += size;
            }

            values[i] = f(corners[i]);
        }

        for (var step = 0; step < 400 * d; step++)
        {
            Array.Sort(values, corners);
            if (values[0] <= enough || values[d] - values[0] <= Tolerance * Math.Abs(values[0]))
            {
                break;
            }

            Move(f, corners, values);
        }

        Array.Sort(values, corners);
        return (corners[0], values[0]);
    }

    private static void Move(Function f, double[][] corners, double[] values)
    {
        var d = values.Length - 1;
        var centre = new double[d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                centre[j] += corners[i][j] / d;
            }
        }

        var reflected = Along(centre, corners[d], -1);
        var value = f(reflected);
        if (value < values[0])
        {
            var expanded = Along(centre, corners[d], -2);
            var further = f(expanded);
            (corners[d], values[d]) = further < value ? (expanded, further) : (reflected, value);
            return;
        }

        if (value < values[d - 1])
        {
            (corners[d], values[d]) = (reflected, value);
            return;
        }

        var contracted = Along(centre, corners[d], value < values[d] ? -0.5 : 0.5);
        var nearer = f(contracted);
        if (nearer < Math.Min(value, values[d]))
        {
            (corners[d], values[d]) = (contracted, nearer);
            return;
        }

        for (var i = 1; i <= d; i++)
        {
            corners[i] = Along(corners[0], corners[i], 0.5);
            values[i] = f(corners[i]);
        }
    }

    /// <summary>from + share x (to - from).</summary>
    private static double[] Along(double[] from, double[] to, double share)
    {
        var point = new double[from.Length];
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = from[j] + (share * (to[j] - from[j]));
        }

        return point;
    }
}
