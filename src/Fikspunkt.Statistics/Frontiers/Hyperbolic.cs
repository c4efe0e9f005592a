namespace Fikspunkt.Statistics.Frontiers;

/// <summary>The hyperbolic distance: the smallest theta with (theta x, y / theta) possible, fixed inputs and outputs unscaled.</summary>
/// <remarks>
/// The technology is the intersection of half-spaces v'x - u'y - w >= 0. At one of them theta solves
/// a theta + c - b / theta = 0 with a = v'x and b = u'y over what is scaled and c the rest; the distance is the largest theta over all of them.
/// Each step solves a directional program at the current point and goes to the root of the facet found: never past the distance, and exact once
/// no facet is violated.
/// </remarks>
internal static class Hyperbolic
{
    private const int MostSteps = 200;

    /// <summary>Below this theta counts as 0: inputs can shrink, and outputs grow, without limit.</summary>
    private const double Smallest = 1e-12;

    /// <summary>1 - theta; NaN where the curve never meets the technology.</summary>
    public static double Distance(RayProgram program, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> direction, int excluded)
    {
        const double rounding = 1e-14;
        const double smallestStep = 1e-3;

        // While descending theta may lie above the distance; afterwards it lies at or below it.
        var (theta, descending) = (1.0, true);
        Span<double> pointX = stackalloc double[x.Length];
        Span<double> pointY = stackalloc double[y.Length];
        Span<double> ray = stackalloc double[direction.Length];
        for (var step = 0; step < MostSteps; step++)
        {
            for (var i = 0; i < direction.Length; i++)
            {
                var isInput = i < x.Length;
                var scaled = direction[i] > 0 ? isInput ? direction[i] * theta : direction[i] / theta : 0;
                ray[i] = scaled;
                if (isInput)
                {
                    pointX[i] = direction[i] > 0 ? scaled : x[i];
                }
                else
                {
                    pointY[i - x.Length] = direction[i] > 0 ? scaled : y[i - x.Length];
                }
            }

            var beta = program.Distance(pointX, pointY, ray, excluded);
            if (!double.IsFinite(beta))
            {
                return beta;
            }

            var root = Root(program, x, y, direction);
            if (double.IsNaN(root))
            {
                return double.NaN;
            }

            if (Math.Abs(root - theta) <= rounding * theta || (!descending && root < theta))
            {
                return 1 - theta;
            }

            // A facet that says little about theta may have its root at 0, where there is no point: go there by degrees.
            descending = root < theta * smallestStep;
            theta = descending ? theta * smallestStep : root;
            if (theta < Smallest)
            {
                return 1;
            }
        }

        throw new NotConvergedException(MostSteps, theta);
    }

    /// <summary>The theta at which the curve crosses the facet last found; NaN where it never does.</summary>
    private static double Root(RayProgram program, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> direction)
    {
        var (a, b, c) = (0.0, 0.0, program.ReturnsValue);
        for (var i = 0; i < direction.Length; i++)
        {
            var value = program.Price(i) * (i < x.Length ? x[i] : -y[i - x.Length]);
            if (direction[i] == 0)
            {
                c += value;
            }
            else if (i < x.Length)
            {
                a += value;
            }
            else
            {
                b -= value;
            }
        }

        if (a == 0 && c <= 0)
        {
            return b == 0 && c == 0 ? 0 : double.NaN; // No theta satisfies this facet.
        }

        // The form of the root that adds numbers of one sign.
        var root = Math.Sqrt((c * c) + (4 * a * b));
        return c > 0 ? 2 * b / (c + root) : (root - c) / (2 * a);
    }
}
