using System.Numerics.Tensors;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Newton's method for a generalized linear model on a design in blocks.</summary>
/// <remarks>All log likelihoods here are concave in eta, and steps use the observed information. A step that lowers the likelihood is halved.
/// It ends with a step that changes no eta by more than 1e-6, so that the error is of the order 1e-12.</remarks>
internal sealed class GlmNewton
{
    private const double Settled = 1e-6;
    private const int MostIterations = 60;
    private const int MostHalvings = 40;

    private readonly GlmModel _model;
    private readonly DesignBlocks _design;
    private readonly double[] _y;
    private readonly double[] _offset;
    private readonly double[] _weights;
    private readonly int _k;
    private double[] _information = [];

    public GlmNewton(GlmModel model, DesignBlocks design, double[] y, double[] offset, double[] weights)
    {
        (_model, _design, _y, _offset, _weights, _k) = (model, design, y, offset, weights, design.Columns);
        Eta = new double[y.Length];
    }

    /// <summary>Linear predictors with the offset, at the last point.</summary>
    public double[] Eta { get; }

    /// <summary>Steps taken.</summary>
    public int Iterations { get; private set; }

    /// <summary>Finds the maximum from one step of iteratively reweighted least squares on.</summary>
    /// <returns>The coefficients of the columns of the design, or <see langword="null"/> if its columns are (nearly) dependent.</returns>
    /// <exception cref="SeparationException">Outcomes are predicted perfectly.</exception>
    /// <exception cref="NotConvergedException">No convergence.</exception>
    public double[]? Run(double mean, double pivotTolerance)
    {
        var b = Start(mean, pivotTolerance);
        if (b is null)
        {
            return null;
        }

        var at = At(b);
        var change = double.PositiveInfinity;
        for (Iterations = 1; Iterations <= MostIterations; Iterations++)
        {
            var factor = (double[])at.Information.Clone();
            if (!Cholesky.TryFactorise(factor, _k, pivotTolerance))
            {
                ThrowIfSeparated();
                return null;
            }

            var step = (double[])at.Slope.Clone();
            Cholesky.Solve(factor, _k, step);
            (b, at, change) = Advance(b, step, at.Value);
            if (change < Settled)
            {
                _information = at.Information;
                return b;
            }
        }

        ThrowIfSeparated();
        throw new NotConvergedException(MostIterations, change);
    }

    /// <summary>The expected information X' W X at the last point, lower triangle.</summary>
    public double[] ExpectedInformation()
    {
        if (_model.IsCanonical)
        {
            return _information; // expected and observed information are the same
        }

        var perBlock = new double[_design.Count * _k * _k];
        _design.For(block =>
        {
            Span<double> information = stackalloc double[DesignBlocks.Length];
            _model.ExpectedInformation(Eta.AsSpan(block.From, block.Count), _weights.AsSpan(block.From, block.Count), information[..block.Count]);
            block.Gram(information[..block.Count], perBlock.AsSpan(block.Index * _k * _k, _k * _k));
        });
        return DesignBlocks.Total(perBlock, _k * _k);
    }

    private double[]? Start(double mean, double pivotTolerance)
    {
        var size = _k + (_k * _k);
        var perBlock = new double[_design.Count * size];
        var (atZero, atOne) = (_model.Start(0, mean), _model.Start(1, mean)); // most of the rows of many data sets
        _design.For(block =>
        {
            Span<double> scratch = stackalloc double[2 * DesignBlocks.Length];
            var working = scratch[..block.Count];
            var information = scratch.Slice(DesignBlocks.Length, block.Count);
            for (var i = 0; i < block.Count; i++)
            {
                var row = block.From + i;
                var start = _y[row] switch
                {
                    0 => atZero,
                    1 => atOne,
                    var other => _model.Start(other, mean),
                };
                information[i] = _weights[row] * start.Information;
                working[i] = information[i] * (start.Eta + start.Residual - _offset[row]);
            }

            var into = perBlock.AsSpan(block.Index * size, size);
            block.Project(working, into[.._k]);
            block.Gram(information, into[_k..]);
        });
        var total = DesignBlocks.Total(perBlock, size);
        var gram = total[_k..];
        if (!Cholesky.TryFactorise(gram, _k, pivotTolerance))
        {
            return null;
        }

        var b = total[.._k];
        Cholesky.Solve(gram, _k, b);
        return b;
    }

    /// <summary>The step, halved where the likelihood would fall, and the largest change of an eta that the whole step makes.</summary>
    private (double[] B, Point At, double Change) Advance(double[] b, double[] step, double before)
    {
        var (factor, change) = (1.0, double.NaN);
        for (var halving = 0; halving < MostHalvings; halving++, factor /= 2)
        {
            var next = new double[_k];
            TensorPrimitives.MultiplyAdd(step, factor, b, next);
            var at = At(next);
            change = halving == 0 ? at.Change : change;

            // The tolerance lets rounding pass near the top, where full steps are safe.
            if (change < Settled || at.Value >= before - (1e-9 * (Math.Abs(before) + 1)))
            {
                return (next, at, change);
            }
        }

        ThrowIfSeparated();
        throw new NotConvergedException(Iterations, change);
    }

    private Point At(double[] b)
    {
        var size = 1 + _k + (_k * _k);
        var changes = new double[_design.Count];
        var perBlock = new double[_design.Count * size];
        _design.For(block =>
        {
            Span<double> scratch = stackalloc double[2 * DesignBlocks.Length];
            var slope = scratch[..block.Count];
            var information = scratch.Slice(DesignBlocks.Length, block.Count);
            var eta = Predict(block, b, out changes[block.Index]);
            var into = perBlock.AsSpan(block.Index * size, size);
            into[0] = _model.Terms(eta, _y.AsSpan(block.From, block.Count), _weights.AsSpan(block.From, block.Count), slope, information);
            block.Project(slope, into.Slice(1, _k));
            block.Gram(information, into[(1 + _k)..]);
        });
        var total = DesignBlocks.Total(perBlock, size);
        return new Point(total[0], total[1..(1 + _k)], total[(1 + _k)..], changes.Max());
    }

    /// <summary>Sets eta; also says by how much it changed most, where it counts.</summary>
    private Span<double> Predict(DesignBlocks.Block block, double[] b, out double change)
    {
        var eta = Eta.AsSpan(block.From, block.Count);
        Span<double> before = stackalloc double[DesignBlocks.Length];
        eta.CopyTo(before);
        _offset.AsSpan(block.From, block.Count).CopyTo(eta);
        block.AddProduct(b, eta);
        change = 0;
        for (var i = 0; i < eta.Length; i++)
        {
            change = _weights[block.From + i] > 0 ? Math.Max(change, Math.Abs(eta[i] - before[i])) : change;
        }

        return eta;
    }

    private void ThrowIfSeparated()
    {
        var rows = new List<int>();
        for (var i = 0; i < _y.Length; i++)
        {
            if (_weights[i] > 0 && _model.IsPerfect(_y[i], Eta[i] - (_model.Family is GlmFamily.Poisson or GlmFamily.QuasiPoisson ? _offset[i] : 0)))
            {
                rows.Add(i);
            }
        }

        if (rows.Count > 0)
        {
            throw new SeparationException(rows);
        }
    }

    /// <summary>Log likelihood, slope and observed information at a point, and the largest change of an eta since the point before.</summary>
    private sealed record Point(double Value, double[] Slope, double[] Information, double Change);
}
