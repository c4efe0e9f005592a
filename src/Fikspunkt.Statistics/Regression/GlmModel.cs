using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Fikspunkt.Statistics.Numerics;
using MathNet.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Means, log likelihood and its derivatives with respect to the linear predictor eta, row by row, for one family and link.</summary>
internal sealed class GlmModel
{
    /// <summary>|eta| beyond which an outcome at the end of its range counts as predicted perfectly when there is no convergence.</summary>
    private const double Perfect = 15;

    private readonly Kind _kind;

    public GlmModel(GlmFamily family, GlmLink link)
    {
        Family = family;
        _kind = (family, link) switch
        {
            (GlmFamily.Gaussian, GlmLink.Canonical) => Kind.Identity,
            (GlmFamily.Binomial or GlmFamily.QuasiBinomial, GlmLink.Canonical) => Kind.Logit,
            (GlmFamily.Binomial or GlmFamily.QuasiBinomial, GlmLink.ComplementaryLogLog) => Kind.LogLog,
            (GlmFamily.Poisson or GlmFamily.QuasiPoisson, GlmLink.Canonical) => Kind.Log,
            _ => throw new ArgumentException($"The link {link} does not go with the family {family}.", nameof(link)),
        };
    }

    private enum Kind
    {
        Identity,
        Logit,
        LogLog,
        Log,
    }

    public GlmFamily Family { get; }

    /// <summary>Whether the observed information is the expected one.</summary>
    public bool IsCanonical => _kind != Kind.LogLog;

    public bool EstimatesDispersion => Family is GlmFamily.Gaussian or GlmFamily.QuasiBinomial or GlmFamily.QuasiPoisson;

    public void CheckResponse(ReadOnlySpan<double> y)
    {
        Check.Finite(y, nameof(y));
        switch (_kind)
        {
            case Kind.Logit or Kind.LogLog:
                Check.Between(y, 0, 1, nameof(y));
                break;
            case Kind.Log:
                Check.Between(y, 0, double.MaxValue, nameof(y));
                break;
        }
    }

    /// <summary>Where iteratively reweighted least squares starts, at a mean halfway between the response and the overall mean:
    /// eta, the expected information about it, and (y - mu) d eta / d mu.</summary>
    public (double Eta, double Information, double Residual) Start(double y, double mean)
    {
        var mu = 0.5 * (y + mean);
        switch (_kind)
        {
            case Kind.Identity:
                return (y, 1, 0);
            case Kind.Log:
                return (Math.Log(mu), mu, (y - mu) / mu);
            case Kind.Logit:
                var variance = mu * (1 - mu);
                return (Math.Log(mu / (1 - mu)), variance, (y - mu) / variance);
            default:
                var hazard = -Elementary.Log1P(-mu);
                var slope = hazard * (1 - mu);
                return (Math.Log(hazard), slope * slope / (mu * (1 - mu)), (y - mu) / slope);
        }
    }

    public double Mean(double eta) => _kind switch
    {
        Kind.Identity => eta,
        Kind.Log => Math.Exp(eta),
        Kind.Logit => eta < 0 ? Math.Exp(eta) / (1 + Math.Exp(eta)) : 1 / (1 + Math.Exp(-eta)),
        _ => -Elementary.ExpM1(-Math.Exp(eta)),
    };

    /// <summary>Expected information about eta of a row of weight 1: (d mu / d eta)^2 / variance.</summary>
    public double ExpectedInformation(double eta)
    {
        switch (_kind)
        {
            case Kind.Identity:
                return 1;
            case Kind.Log:
                return Math.Exp(eta);
            case Kind.Logit:
                var odds = Math.Exp(-Math.Abs(eta));
                return odds / ((1 + odds) * (1 + odds));
            default:
                var hazard = Math.Exp(eta);
                return hazard == 0 ? 0 : hazard * hazard / Elementary.ExpM1(hazard);
        }
    }

    /// <summary>Variance of a row of weight 1 at its mean, dispersion 1.</summary>
    public double Variance(double eta) => _kind switch
    {
        Kind.Identity => 1,
        Kind.Log => Math.Exp(eta),
        Kind.Logit => ExpectedInformation(eta),
        _ => -Elementary.ExpM1(-Math.Exp(eta)) * Math.Exp(-Math.Exp(eta)),
    };

    /// <summary>Log likelihood without terms that do not depend on eta, with slopes and observed information, for a run of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Terms(ReadOnlySpan<double> eta, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Span<double> slope, Span<double> information)
    {
        var sum = 0.0;
        switch (_kind)
        {
            case Kind.Identity:
                for (var i = 0; i < eta.Length; i++)
                {
                    var residual = y[i] - eta[i];
                    slope[i] = weights[i] * residual;
                    information[i] = weights[i];
                    sum -= 0.5 * weights[i] * residual * residual;
                }

                break;
            case Kind.Log:
                eta.CopyTo(information);
                Kernels.Exp(information);
                for (var i = 0; i < eta.Length; i++)
                {
                    var mu = information[i];
                    slope[i] = weights[i] * (y[i] - mu);
                    information[i] = weights[i] * mu;
                    sum += weights[i] * ((y[i] * eta[i]) - mu);
                }

                break;
            case Kind.Logit:
                return Logit(eta, y, weights, slope, information);
            default:
                for (var i = 0; i < eta.Length; i++)
                {
                    // With hazard m: l = y log(1 - exp(-m)) - (1 - y) m, and dm/d eta = m.
                    var m = Math.Exp(eta[i]);
                    var mu = -Elementary.ExpM1(-m);
                    var ratio = m / mu;
                    slope[i] = weights[i] * ((y[i] * ratio) - m);
                    information[i] = weights[i] * (m - (y[i] * ratio * (1 - (ratio * (1 - mu)))));
                    sum += weights[i] * ((y[i] == 0 ? 0 : y[i] * Math.Log(mu)) - ((1 - y[i]) * m));
                }

                break;
        }

        return sum;
    }

    /// <summary>Expected information of a run of rows times their weights.</summary>
    public void ExpectedInformation(ReadOnlySpan<double> eta, ReadOnlySpan<double> weights, Span<double> into)
    {
        if (_kind == Kind.Logit)
        {
            Odds(eta, into);
            for (var i = 0; i < into.Length; i++)
            {
                into[i] = weights[i] * into[i] / ((1 + into[i]) * (1 + into[i]));
            }

            return;
        }

        for (var i = 0; i < into.Length; i++)
        {
            into[i] = weights[i] * ExpectedInformation(eta[i]);
        }
    }

    /// <summary>Means of a run of rows, and the sums of their deviance and of their squared Pearson residuals.</summary>
    public (double Deviance, double Pearson) Summaries(ReadOnlySpan<double> eta, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Span<double> mean)
    {
        if (_kind == Kind.Logit)
        {
            return LogitSummaries(eta, y, weights, mean);
        }

        var (deviance, pearson) = (default(CompensatedSum), default(CompensatedSum));
        for (var i = 0; i < eta.Length; i++)
        {
            mean[i] = Mean(eta[i]);
            if (weights[i] > 0)
            {
                deviance.Add(weights[i] * UnitDeviance(y[i], eta[i]));
                pearson.Add(weights[i] / Variance(eta[i]) * (y[i] - mean[i]) * (y[i] - mean[i]));
            }
        }

        return (deviance.Value, pearson.Value);
    }

    /// <summary>Twice the log likelihood that a row of weight 1 lacks to a perfect fit.</summary>
    public double UnitDeviance(double y, double eta)
    {
        switch (_kind)
        {
            case Kind.Identity:
                return (y - eta) * (y - eta);
            case Kind.Log:
                var mean = Math.Exp(eta);
                return 2 * Math.Max(0, (y == 0 ? 0 : y * (Math.Log(y) - eta)) - (y - mean));
            default:
                var (logMean, logRest) = LogShares(eta);
                var first = y > 0 ? y * (Math.Log(y) - logMean) : 0;
                var second = y < 1 ? (1 - y) * (Math.Log(1 - y) - logRest) : 0;
                return 2 * Math.Max(0, first + second);
        }
    }

    /// <summary>The log likelihood of a row, for dispersion 1: Poisson with -log y!, binomial without the number of ways.</summary>
    public double LogLikelihood(double y, double eta)
    {
        if (_kind == Kind.Log)
        {
            return (y * eta) - Math.Exp(eta) - SpecialFunctions.GammaLn(y + 1);
        }

        var (logMean, logRest) = LogShares(eta);
        return (y == 0 ? 0 : y * logMean) + (y == 1 ? 0 : (1 - y) * logRest);
    }

    /// <summary>Whether a row at the end of its range is predicted (nearly) without error.</summary>
    public bool IsPerfect(double y, double eta) => _kind switch
    {
        Kind.Log => y == 0 && eta < -Perfect,
        Kind.Logit => (y == 0 && eta < -Perfect) || (y == 1 && eta > Perfect),
        Kind.LogLog => (y == 0 && eta < -Perfect) || (y == 1 && eta > Math.Log(Perfect)),
        _ => false,
    };

    private (double LogMean, double LogRest) LogShares(double eta)
    {
        if (_kind == Kind.Logit)
        {
            var tail = Elementary.Log1P(Math.Exp(-Math.Abs(eta)));
            return (Math.Min(eta, 0) - tail, -Math.Max(eta, 0) - tail);
        }

        var m = Math.Exp(eta);
        return (Math.Log(-Elementary.ExpM1(-m)), -m);
    }

    /// <summary>exp(-|eta|).</summary>
    private static void Odds(ReadOnlySpan<double> eta, Span<double> into)
    {
        TensorPrimitives.Abs(eta, into);
        TensorPrimitives.Negate(into, into);
        Kernels.Exp(into);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Deviance, double Pearson) LogitSummaries(ReadOnlySpan<double> eta, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Span<double> mean)
    {
        const int Run = 512;
        Span<double> scratch = stackalloc double[2 * Run];
        var (deviance, pearson) = (default(CompensatedSum), default(CompensatedSum));
        for (var from = 0; from < eta.Length; from += Run)
        {
            var count = Math.Min(Run, eta.Length - from);
            var odds = scratch[..count];
            var logs = scratch.Slice(Run, count);
            Odds(eta.Slice(from, count), odds);
            TensorPrimitives.Add(odds, 1, logs);
            TensorPrimitives.Log(logs, logs);
            for (var i = 0; i < count; i++)
            {
                var (row, own) = (from + i, odds[i]);
                var up = 1 + own;
                var small = own / up;
                var mu = eta[row] < 0 ? small : 1 - small;
                mean[row] = mu;

                // log(1 + odds) to full accuracy, as in Elementary.Log1P.
                var tail = up == 1 ? own : logs[i] * own / (up - 1);
                var share = y[row];
                var residual = eta[row] < 0 ? share - small : share - 1 + small;
                var unit = share is 0 or 1
                    ? 2 * (tail + (share == 0 ? Math.Max(eta[row], 0) : -Math.Min(eta[row], 0)))
                    : UnitDeviance(share, eta[row]);
                deviance.Add(weights[row] * unit);
                pearson.Add(weights[row] == 0 || residual == 0 ? 0 : weights[row] * residual * residual * up * up / own);
            }
        }

        return (deviance.Value, pearson.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Logit(ReadOnlySpan<double> eta, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Span<double> slope, Span<double> information)
    {
        // exp(-|eta|) by SIMD; log(1 + it) too, whose last digits only steer the steps.
        Odds(eta, information);
        TensorPrimitives.Add(information, 1, slope);
        TensorPrimitives.Log(slope, slope);
        var sum = 0.0;
        for (var i = 0; i < eta.Length; i++)
        {
            var odds = information[i];
            var small = odds / (1 + odds);
            var mu = eta[i] < 0 ? small : 1 - small;
            sum += weights[i] * ((y[i] * eta[i]) - Math.Max(eta[i], 0) - slope[i]);
            slope[i] = weights[i] * (eta[i] < 0 ? y[i] - mu : y[i] - 1 + small);
            information[i] = weights[i] * small / (1 + odds);
        }

        return sum;
    }
}
