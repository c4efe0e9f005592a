using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Shrinkage;

/// <summary>Which likelihood is maximised.</summary>
public enum LikelihoodKind
{
    /// <summary>Restricted: variances take account of the coefficients that were estimated.</summary>
    Restricted,

    /// <summary>Full: variances come out too small when there are many coefficients.</summary>
    Full,
}

/// <summary>
/// The profile likelihood of y = X b + u_g z + e with independent e ~ N(0, s^2), u_g ~ N(0, theta s^2), z a known vector, as a function of theta.
/// </summary>
/// <remarks>
/// H = I + theta z_g z_g' in each group, H^-1 = I - c_g z_g z_g', c_g = theta / (1 + theta m_g), m_g = z_g'z_g, log det H = sum of log(1 + theta m_g).
/// Worked out in an orthonormal basis Q of X, so that X'H^-1X is well conditioned for any units of measurement.
/// Harville, JASA 72 (1977) 320-340.
/// </remarks>
internal sealed class GroupedProfile
{
    /// <summary>Residuals smaller than this share of the response are rounding: the fit is perfect.</summary>
    private const double Perfect = 1e-13;

    private readonly HouseholderQr _qr;
    private readonly int[][] _members;
    private readonly double[] _z;
    private readonly double[] _residuals;
    private readonly double[] _projection;
    private readonly double[] _length;
    private readonly RowMatrix _groupQ;
    private readonly double[] _groupResidual;
    private readonly double _squares;
    private readonly LikelihoodKind _kind;

    public GroupedProfile(RowMatrix x, ReadOnlySpan<double> y, double[] z, int[][] members, LikelihoodKind kind)
    {
        var (n, k) = (x.Rows, x.Columns);
        _qr = HouseholderQr.Factorise(x, []);
        (_members, _z, _kind) = (members, z, kind);
        _residuals = y.ToArray();
        _projection = new double[k];
        for (var pass = 0; pass < 2; pass++)
        {
            var g = _qr.Project(_residuals);
            for (var i = 0; i < n; i++)
            {
                _residuals[i] -= LinearRegression.Dot(_qr.Q.Row(i), g);
            }

            for (var j = 0; j < k; j++)
            {
                _projection[j] += g[j];
            }
        }

        _squares = CompensatedSum.OfSquares(_residuals);
        IsPerfect = _squares <= Perfect * Perfect * CompensatedSum.OfSquares(y);
        _length = new double[members.Length];
        _groupQ = new RowMatrix(members.Length, k);
        _groupResidual = new double[members.Length];
        for (var group = 0; group < members.Length; group++)
        {
            foreach (var i in members[group])
            {
                _length[group] += z[i] * z[i];
                _groupResidual[group] += z[i] * _residuals[i];
                for (var j = 0; j < k; j++)
                {
                    _groupQ[group, j] += z[i] * _qr.Q[i, j];
                }
            }
        }
    }

    /// <summary>Whether the columns alone explain the response, so that nothing is left to divide.</summary>
    public bool IsPerfect { get; }

    /// <summary>n - k or n.</summary>
    public int DegreesOfFreedom => _residuals.Length - (_kind == LikelihoodKind.Restricted ? _projection.Length : 0);

    /// <summary>The theta at the highest point.</summary>
    public double Maximise(int gridPoints)
    {
        var shortest = double.PositiveInfinity;
        foreach (var length in _length)
        {
            shortest = Math.Min(shortest, length);
        }

        // 1e6 residual variances per observation of the shortest group is as good as infinitely many.
        return Roots.HighestPoint(theta => At(theta).LogLikelihood, theta => At(theta).Score, 1e6 / shortest, gridPoints);
    }

    /// <summary>Everything at one theta.</summary>
    public Point At(double theta)
    {
        var k = _projection.Length;
        var a = new double[k * k];
        var shift = new double[k];
        var logs = default(CompensatedSum);
        for (var group = 0; group < _length.Length; group++)
        {
            var q = _groupQ.Row(group);
            var c = theta / (1 + (theta * _length[group]));
            logs.Add(Elementary.Log1P(theta * _length[group]));
            for (var i = 0; i < k; i++)
            {
                shift[i] -= c * q[i] * _groupResidual[group];
                for (var j = 0; j <= i; j++)
                {
                    a[(i * k) + j] -= c * q[i] * q[j];
                }
            }
        }

        for (var i = 0; i < k; i++)
        {
            a[(i * k) + i] += 1;
        }

        if (!Cholesky.TryFactorise(a, k, 1e-14))
        {
            throw new NotConvergedException(0, theta);
        }

        Cholesky.Solve(a, k, shift);

        // Sum of squares of the residuals r = e - Q shift, split into within groups and along z, so that nothing cancels when theta is large.
        var (q2, along, trace) = (default(CompensatedSum), default(CompensatedSum), default(CompensatedSum));
        var logX = Cholesky.LogDeterminant(a, k);
        var w = new double[k];
        for (var group = 0; group < _length.Length; group++)
        {
            var rate = 1 / (1 + (theta * _length[group]));
            var projected = _groupResidual[group] - LinearRegression.Dot(_groupQ.Row(group), shift);
            var mean = projected / _length[group];
            foreach (var i in _members[group])
            {
                var rest = _residuals[i] - LinearRegression.Dot(_qr.Q.Row(i), shift) - (mean * _z[i]);
                q2.Add(rest * rest);
            }

            q2.Add(rate * projected * mean);
            along.Add(rate * projected * (rate * projected));
            trace.Add(-rate * _length[group]);
            if (_kind == LikelihoodKind.Restricted)
            {
                _groupQ.Row(group).CopyTo(w);
                Cholesky.SolveLower(a, k, w);
                trace.Add(rate * rate * LinearRegression.Dot(w, w));
            }
        }

        var variance = q2.Value / DegreesOfFreedom;
        var criterion = (DegreesOfFreedom * (1 + Math.Log(2 * Math.PI * variance))) + logs.Value;
        criterion += _kind == LikelihoodKind.Restricted ? logX + _qr.LogDeterminant : 0;
        return new Point(theta, variance, -0.5 * criterion, 0.5 * ((along.Value / variance) + trace.Value), shift, a);
    }

    /// <summary>Coefficients and their covariance at a point.</summary>
    public (double[] Coefficients, RowMatrix Covariance) Coefficients(Point point)
    {
        var k = _projection.Length;
        var g = new double[k];
        for (var j = 0; j < k; j++)
        {
            g[j] = _projection[j] + point.Shift[j];
        }

        // Covariance s^2 S (L L')^-1 S' = (S L'^-1)(...)': rows of S L'^-1 are solutions of L w = row of S.
        var root = _qr.InverseRoot();
        for (var i = 0; i < k; i++)
        {
            Cholesky.SolveLower(point.Factor, k, root.Row(i));
        }

        return (_qr.Coefficients(g), Sandwich.Scale(Sandwich.Square(root), point.Variance));
    }

    /// <summary>Per group: predicted u_g, its conditional standard deviation, and the share theta m_g / (1 + theta m_g) of signal.</summary>
    public (double[] Effects, double[] ConditionalSd, double[] Shrinkage) Effects(Point point)
    {
        var groups = _length.Length;
        var (effects, sd, shrinkage) = (new double[groups], new double[groups], new double[groups]);
        for (var group = 0; group < groups; group++)
        {
            shrinkage[group] = point.Theta * _length[group] / (1 + (point.Theta * _length[group]));
            var projected = _groupResidual[group] - LinearRegression.Dot(_groupQ.Row(group), point.Shift);
            effects[group] = point.Theta * projected / (1 + (point.Theta * _length[group]));
            sd[group] = Math.Sqrt(point.Theta * point.Variance / (1 + (point.Theta * _length[group])));
        }

        return (effects, sd, shrinkage);
    }

    /// <summary>The profile at one theta.</summary>
    /// <param name="Theta">Variance ratio.</param>
    /// <param name="Variance">s^2.</param>
    /// <param name="LogLikelihood">Profile log likelihood.</param>
    /// <param name="Score">Its derivative.</param>
    /// <param name="Shift">Generalised less ordinary least squares, in the basis Q.</param>
    /// <param name="Factor">Cholesky factor of Q'H^-1Q.</param>
    public sealed record Point(double Theta, double Variance, double LogLikelihood, double Score, double[] Shift, double[] Factor);
}
