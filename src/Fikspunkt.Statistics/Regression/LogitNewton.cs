using System.Numerics.Tensors;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Maximises sum of w_i (y_i log mu_i + (1 - y_i) log(1 - mu_i)), mu = 1 / (1 + exp(-eta)), eta = U g, by damped Newton steps.</summary>
/// <remarks>
/// U is a basis in which the Hessian is close to the identity, so that normal equations are safe.
/// With d = max |change of eta| of the full step, the step is shortened to log(1 + d) / d of it. Since the logistic
/// log likelihood has |third derivative| &lt;= second derivative along each eta, that always increases it
/// (Sun and Tran-Dinh, Mathematical Programming 178 (2019) 145-213, nu = 2), and close to the top it is quadratic.
/// </remarks>
internal sealed class LogitNewton
{
    /// <summary>The error left after a step with d below this is of the order of its square.</summary>
    private const double Settled = 1e-8;

    /// <summary>|eta| beyond which an outcome of exactly 0 or 1 counts as predicted perfectly when there is no convergence.</summary>
    private const double Perfect = 15;

    private const int MostIterations = 100;

    private readonly double[][] _u;
    private readonly double[] _y;
    private readonly double[] _scaled;
    private readonly double[] _change;
    private readonly double[] _score;

    public LogitNewton(double[][] u, double[] y)
    {
        (_u, _y) = (u, y);
        Eta = new double[y.Length];
        Mean = new double[y.Length];
        Variance = new double[y.Length];
        Hessian = new double[u.Length * u.Length];
        _scaled = new double[y.Length];
        _change = new double[y.Length];
        _score = new double[u.Length];
    }

    /// <summary>Linear predictors after <see cref="Run"/>, also of rows with weight 0.</summary>
    public double[] Eta { get; }

    /// <summary>Means.</summary>
    public double[] Mean { get; }

    /// <summary>mu (1 - mu), free of cancellation.</summary>
    public double[] Variance { get; }

    /// <summary>Cholesky factor of U' W V U, from the last call of <see cref="FactoriseHessian"/>.</summary>
    public double[] Hessian { get; }

    /// <summary>Finds the maximum from <paramref name="g"/> on, which is overwritten.</summary>
    /// <returns>Whether the rows with weight above 0 decide all of g; if not, g is of no use.</returns>
    public bool Run(double[] g, double[] weights, int? leftOut)
    {
        SetPredictors(g);
        var largest = double.PositiveInfinity;
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            if (!FactoriseHessian(weights))
            {
                ThrowIfSeparated(weights, leftOut);
                return false;
            }

            for (var i = 0; i < _y.Length; i++)
            {
                _scaled[i] = weights[i] * (_y[i] - Mean[i]);
            }

            for (var j = 0; j < _u.Length; j++)
            {
                _score[j] = TensorPrimitives.Dot<double>(_u[j], _scaled);
            }

            Cholesky.Solve(Hessian, _u.Length, _score);
            Combine(_score, _change);
            largest = LargestCounted(weights);
            var damping = largest > 0 ? Elementary.Log1P(largest) / largest : 1;
            for (var j = 0; j < g.Length; j++)
            {
                g[j] += (largest < Settled ? 1 : damping) * _score[j];
            }

            SetPredictors(g);
            if (largest < Settled)
            {
                return true;
            }
        }

        ThrowIfSeparated(weights, leftOut);
        throw new NotConvergedException(MostIterations, largest);
    }

    /// <summary>Eta, means and variances at g.</summary>
    public void SetPredictors(ReadOnlySpan<double> g)
    {
        Combine(g, Eta);
        for (var i = 0; i < Eta.Length; i++)
        {
            var odds = Math.Exp(-Math.Abs(Eta[i]));
            var small = odds / (1 + odds);
            Mean[i] = Eta[i] < 0 ? small : 1 / (1 + odds);
            Variance[i] = small / (1 + odds);
        }
    }

    public bool FactoriseHessian(double[] weights)
    {
        var k = _u.Length;
        for (var a = 0; a < k; a++)
        {
            for (var i = 0; i < _scaled.Length; i++)
            {
                _scaled[i] = weights[i] * Variance[i] * _u[a][i];
            }

            for (var b = 0; b <= a; b++)
            {
                Hessian[(a * k) + b] = TensorPrimitives.Dot<double>(_scaled, _u[b]);
            }
        }

        return Cholesky.TryFactorise(Hessian, k);
    }

    private void Combine(ReadOnlySpan<double> g, double[] eta)
    {
        Array.Clear(eta);
        for (var j = 0; j < _u.Length; j++)
        {
            TensorPrimitives.MultiplyAdd(_u[j], g[j], eta, eta);
        }
    }

    private double LargestCounted(double[] weights)
    {
        var largest = 0.0;
        for (var i = 0; i < _change.Length; i++)
        {
            if (weights[i] > 0)
            {
                largest = Math.Max(largest, Math.Abs(_change[i]));
            }
        }

        return largest;
    }

    private void ThrowIfSeparated(double[] weights, int? leftOut)
    {
        var rows = new List<int>();
        for (var i = 0; i < _y.Length; i++)
        {
            if (weights[i] > 0 && ((_y[i] == 0 && Eta[i] < -Perfect) || (_y[i] == 1 && Eta[i] > Perfect)))
            {
                rows.Add(i);
            }
        }

        if (rows.Count > 0)
        {
            throw new SeparationException(rows, leftOut);
        }
    }
}
