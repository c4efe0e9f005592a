using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>Variances of sums over time of terms that are correlated with their neighbours.</summary>
/// <remarks>Bartlett weights 1 - lag / (lags + 1): never negative. Newey and West, Econometrica 55 (1987) 703-708.</remarks>
internal static class LongRun
{
    /// <summary>g_0 + 2 sum over lags of weight x g_lag, with g_lag = sum of e_t e_(t-lag) / n.</summary>
    public static double Variance(ReadOnlySpan<double> e, int lags)
    {
        var sum = CompensatedSum.OfSquares(e);
        for (var lag = 1; lag <= Math.Min(lags, e.Length - 1); lag++)
        {
            sum += 2 * (1 - (lag / (lags + 1.0))) * CompensatedSum.OfProducts(e[lag..], e[..^lag]);
        }

        return sum / e.Length;
    }

    /// <summary>Covariance matrix of the sum over rows of <paramref name="terms"/> (observations x k).</summary>
    public static RowMatrix Covariance(RowMatrix terms, int lags)
    {
        var k = terms.Columns;
        var covariance = new RowMatrix(k, k);
        for (var lag = 0; lag <= Math.Min(lags, terms.Rows - 1); lag++)
        {
            var weight = 1 - (lag / (lags + 1.0));
            for (var t = lag; t < terms.Rows; t++)
            {
                var (now, before) = (t, t - lag);
                for (var a = 0; a < k; a++)
                {
                    for (var b = 0; b < k; b++)
                    {
                        var product = terms[now, a] * terms[before, b];
                        covariance[a, b] += weight * product;
                        if (lag > 0)
                        {
                            covariance[b, a] += weight * product;
                        }
                    }
                }
            }
        }

        return covariance;
    }
}
