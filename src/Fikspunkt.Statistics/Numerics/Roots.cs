namespace Fikspunkt.Statistics.Numerics;

/// <summary>Roots and highest points of functions of one variable from 0 on.</summary>
internal static class Roots
{
    private const int MostGridPoints = 64;

    /// <summary>Beyond these logarithms lie 0 and infinity.</summary>
    private const double LogOfNothing = -750;

    private const double LogOfInfinity = 710;

    /// <summary>The root from 0 on of a falling function, looked for up to <paramref name="highest"/> first; 0 when it is not above 0 there.</summary>
    /// <exception cref="NotConvergedException">There is none among the doubles.</exception>
    public static double Falling(Func<double, double> f, double highest)
    {
        if (!(f(0) > 0))
        {
            return 0;
        }

        for (var steps = 0; !(f(highest) <= 0); steps++)
        {
            highest = double.IsFinite(highest) ? Math.Max(4 * highest, double.Epsilon) : throw new NotConvergedException(steps, highest);
        }

        return Between(f, 0, highest);
    }

    /// <summary>The highest point in [0, highest]: the best of a grid that is even on a log scale, then the root of the derivative beside it.</summary>
    public static double HighestPoint(Func<double, double> value, Func<double, double> derivative, double highest, int points = MostGridPoints)
    {
        var grid = new double[points + 1];
        for (var i = 1; i <= points; i++)
        {
            grid[i] = highest * Math.Pow(10, -12.0 * (points - i) / (points - 1));
        }

        var best = 0;
        var most = double.NegativeInfinity;
        for (var i = 0; i <= points; i++)
        {
            var at = value(grid[i]);
            if (at > most)
            {
                (best, most) = (i, at);
            }
        }

        var (low, high) = (grid[Math.Max(best - 1, 0)], grid[Math.Min(best + 1, points)]);
        if (best == 0 && !(derivative(0) > 0))
        {
            return 0;
        }

        return derivative(low) > 0 && derivative(high) < 0 ? Between(derivative, low, high) : grid[best];
    }

    /// <summary>The highest point of a function with one peak between two ends, to within <paramref name="tolerance"/>.</summary>
    public static double GoldenSection(Func<double, double> value, double low, double high, double tolerance)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (left, right) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
        var (atLeft, atRight) = (value(left), value(right));
        while (high - low > tolerance)
        {
            if (atLeft >= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (ratio * (high - low));
                atLeft = value(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (ratio * (high - low));
                atRight = value(right);
            }
        }

        return (low + high) / 2;
    }

    /// <summary>The x above 0 at which a ratio that falls (or rises) monotonically is 1, searched on log scales from <paramref name="start"/> on;
    /// 0 or infinity where it lies beyond the doubles.</summary>
    public static double FallingFrom(Func<double, double> ratio, double start, bool falls = true)
    {
        var sign = falls ? 1 : -1;
        double F(double logX) => sign * Math.Clamp(Math.Log(ratio(Math.Exp(logX))), -1e3, 1e3);
        var (low, high) = (Math.Log(start), Math.Log(start));
        for (var step = 0.5; F(low) < 0; step *= 2)
        {
            if (low < LogOfNothing)
            {
                return 0;
            }

            low -= step;
        }

        for (var step = 0.5; F(high) > 0; step *= 2)
        {
            if (high > LogOfInfinity)
            {
                return double.PositiveInfinity;
            }

            high += step;
        }

        return low == high ? start : Math.Exp(Between(F, low, high));
    }

    /// <summary>The root of f between <paramref name="a"/> and <paramref name="b"/>, where its signs differ, to full precision.</summary>
    /// <remarks>Brent, Algorithms for Minimization without Derivatives (1973), chapter 4.</remarks>
    public static double Between(Func<double, double> f, double a, double b)
    {
        var (fa, fb) = (f(a), f(b));
        var (c, fc, step, previous) = (a, fa, b - a, b - a);
        for (var iteration = 0; iteration < 200; iteration++)
        {
            if ((fb > 0) == (fc > 0))
            {
                (c, fc, step, previous) = (a, fa, b - a, b - a);
            }

            if (Math.Abs(fc) < Math.Abs(fb))
            {
                (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            }

            var tolerance = Math.Max(Math.BitIncrement(Math.Abs(b)) - Math.Abs(b), double.Epsilon);
            var half = 0.5 * (c - b);
            if (Math.Abs(half) <= tolerance || fb == 0)
            {
                return b;
            }

            if (Math.Abs(previous) >= tolerance && Math.Abs(fa) > Math.Abs(fb))
            {
                var s = fb / fa;
                double p, q;
                if (a == c)
                {
                    (p, q) = (2 * half * s, 1 - s);
                }
                else
                {
                    var (r, t) = (fb / fc, fa / fc);
                    p = s * ((2 * half * t * (t - r)) - ((b - a) * (r - 1)));
                    q = (t - 1) * (r - 1) * (s - 1);
                }

                q = p > 0 ? -q : q;
                p = Math.Abs(p);
                (previous, step) = 2 * p < Math.Min((3 * half * q) - Math.Abs(tolerance * q), Math.Abs(previous * q))
                    ? (step, p / q)
                    : (half, half);
            }
            else
            {
                (step, previous) = (half, half);
            }

            (a, fa) = (b, fb);
            b += Math.Abs(step) > tolerance ? step : Math.CopySign(tolerance, half);
            fb = f(b);
        }

        return b;
    }
}
