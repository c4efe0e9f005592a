namespace Fikspunkt.Statistics.Numerics;

/// <summary>Cholesky factors of small symmetric positive definite matrices, in place.</summary>
public static class Cholesky
{
    /// <summary>Replaces the lower triangle of <paramref name="a"/> (k x k, row by row) by L with L L' = A.</summary>
    /// <returns>Whether every pivot stayed above <paramref name="tolerance"/> times its diagonal element.</returns>
    public static bool TryFactorise(Span<double> a, int k, double tolerance = 1e-12)
    {
        for (var j = 0; j < k; j++)
        {
            var rowJ = a.Slice(j * k, j + 1);
            var original = rowJ[j];
            var pivot = original;
            for (var m = 0; m < j; m++)
            {
                pivot -= rowJ[m] * rowJ[m];
            }

            if (!(pivot > tolerance * original))
            {
                return false;
            }

            pivot = Math.Sqrt(pivot);
            rowJ[j] = pivot;
            for (var i = j + 1; i < k; i++)
            {
                var rowI = a.Slice(i * k, j + 1);
                var value = rowI[j];
                for (var m = 0; m < j; m++)
                {
                    value -= rowI[m] * rowJ[m];
                }

                rowI[j] = value / pivot;
            }
        }

        return true;
    }

    /// <summary>Solves L L' x = b in place.</summary>
    public static void Solve(ReadOnlySpan<double> l, int k, Span<double> b)
    {
        SolveLower(l, k, b);
        SolveUpper(l, k, b);
    }

    /// <summary>Solves L' x = b in place.</summary>
    public static void SolveUpper(ReadOnlySpan<double> l, int k, Span<double> b)
    {
        for (var i = k - 1; i >= 0; i--)
        {
            var value = b[i];
            for (var j = i + 1; j < k; j++)
            {
                value -= l[(j * k) + i] * b[j];
            }

            b[i] = value / l[(i * k) + i];
        }
    }

    /// <summary>Solves L x = b in place.</summary>
    public static void SolveLower(ReadOnlySpan<double> l, int k, Span<double> b)
    {
        for (var i = 0; i < k; i++)
        {
            var value = b[i];
            for (var j = 0; j < i; j++)
            {
                value -= l[(i * k) + j] * b[j];
            }

            b[i] = value / l[(i * k) + i];
        }
    }

    /// <summary>log det(L L').</summary>
    public static double LogDeterminant(ReadOnlySpan<double> l, int k)
    {
        var sum = 0.0;
        for (var i = 0; i < k; i++)
        {
            sum += Math.Log(l[(i * k) + i]);
        }

        return 2 * sum;
    }
}
