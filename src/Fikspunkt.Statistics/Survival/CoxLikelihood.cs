using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>The partial likelihood of a proportional hazards model, its slope and its information.</summary>
/// <remarks>
/// With r_i = w_i exp(x_i'b), at each event time (cell) R, R1 the sums of r and r x over those at risk, D, D1 the same over the d events,
/// w the mean weight of the events, and f_k = k/d (Efron) or 0 (Breslow), k = 0..d-1: phi_k = R - f_k D,
/// A = w sum 1/phi_k, B = w sum f_k/phi_k. Then spell i expects E_i = exp(x_i'b) (sum of A over its event times - [event] B at its end) events,
/// the slope is X'(w (event - E)) and the information X' diag(w E) X - sum over cells of w sum_k m_k m_k', m_k = (R1 - f_k D1)/phi_k:
/// the second moments need one pass over the rows and no storage per cell (Efron's form: Hertz-Picciotto and Rockhill, Biometrics 53 (1997) 1151-1156;
/// weights as in R's survival package). Sums are made by fixed blocks: any number of threads gives the same bits.
/// </remarks>
internal sealed class CoxLikelihood
{
    /// <summary>Cells per task in the scan over event times.</summary>
    private const int CellsPerTask = 16;

    private readonly CoxRiskSets _sets;
    private readonly DesignBlocks _design;
    private readonly ParallelOptions _parallel;
    private readonly bool _efron;
    private readonly int _k;
    private readonly CoxRiskSums _sums;

    /// <summary>Per cell: w sum of f_k^j / phi_k^2, j = 0, 1, 2.</summary>
    private readonly double[] _squares;
    private readonly double[] _deathWeights;

    public CoxLikelihood(CoxRiskSets sets, DesignBlocks design, ParallelOptions parallel, bool efron)
    {
        (_sets, _design, _parallel, _efron, _k) = (sets, design, parallel, efron, design.Columns);
        _sums = new CoxRiskSums(sets, design, parallel);
        _squares = new double[sets.Cells * 3];
        (Step, EventStep) = (new double[sets.Cells], new double[sets.Cells]);
        _deathWeights = new double[_k];
        var perBlock = new double[design.Count * _k];
        design.For(block =>
        {
            Span<double> events = stackalloc double[DesignBlocks.Length];
            EventWeights(block, [], events);
            block.Project(events[..block.Count], perBlock.AsSpan(block.Index * _k, _k));
        });
        DesignBlocks.Total(perBlock, _k).CopyTo(_deathWeights, 0);
    }

    /// <summary>A of each cell: the step of the cumulative hazard.</summary>
    public double[] Step { get; }

    /// <summary>B of each cell: what those with the event there do not expect of the step.</summary>
    public double[] EventStep { get; }

    /// <summary>Log partial likelihood at the last point.</summary>
    public double Value { get; private set; }

    /// <summary>Moves to <paramref name="b"/>: risk sums, hazard steps and the likelihood.</summary>
    public void MoveTo(double[] b)
    {
        _sums.MoveTo(b);
        var tasks = (_sets.Cells + CellsPerTask - 1) / CellsPerTask;
        var logs = new double[tasks];
        Parallel.For(0, tasks, _parallel, task =>
        {
            for (var cell = task * CellsPerTask; cell < Math.Min(_sets.Cells, (task + 1) * CellsPerTask); cell++)
            {
                logs[task] += Terms(cell);
            }
        });
        Value = TensorPrimitives.Dot<double>(_deathWeights, b) - CompensatedSum.Of(logs);
    }

    /// <summary>Slope and information (lower triangle, k x k) at the last point, each event time's part times <paramref name="factor"/> (null = 1).</summary>
    public (double[] Slope, double[] Information) Derivatives(double[]? factor = null)
    {
        var cumulative = Cumulative(factor);
        var size = _k + (_k * _k);
        var perBlock = new double[_design.Count * size];
        _design.For(block =>
        {
            Span<double> scratch = stackalloc double[2 * DesignBlocks.Length];
            var expected = scratch[..block.Count];
            var residual = scratch.Slice(DesignBlocks.Length, block.Count);
            Expect(block, cumulative, factor, expected);
            EventWeights(block, factor, residual);
            TensorPrimitives.Subtract(residual, expected, residual);
            var into = perBlock.AsSpan(block.Index * size, size);
            block.Project(residual, into[.._k]);
            block.Gram(expected, into[_k..]);
        });
        var total = DesignBlocks.Total(perBlock, size);
        var information = total[_k..];
        TensorPrimitives.Subtract<double>(information, MeanSquares(factor), information);
        return (total[.._k], information);
    }

    /// <summary>Weighted expected events w E of each sorted row.</summary>
    public double[] Expected()
    {
        var cumulative = Cumulative(null);
        var expected = new double[_sets.Rows];
        _design.For(block => Expect(block, cumulative, null, expected.AsSpan(block.From, block.Count)));
        return expected;
    }

    /// <summary>Cumulative sums of <see cref="Step"/> within each stratum.</summary>
    public double[] Cumulative(double[]? factor)
    {
        var cumulative = new double[_sets.Cells];
        for (var stratum = 0; stratum + 1 < _sets.StratumStart.Length; stratum++)
        {
            var sum = 0.0;
            for (var cell = _sets.StratumStart[stratum]; cell < _sets.StratumStart[stratum + 1]; cell++)
            {
                sum += Step[cell] * (factor is null ? 1 : factor[cell]);
                cumulative[cell] = sum;
            }
        }

        return cumulative;
    }

    /// <summary>The mean of the covariates among those at risk at a cell, averaged over its events.</summary>
    public void MeanAtRisk(int cell, Span<double> mean)
    {
        var atRisk = _sums.AtRisk(cell);
        var events = _sums.Events(cell);
        var perEvent = 1 / (_sets.MeanWeight[cell] * _sets.Deaths(cell));
        for (var j = 0; j < _k; j++)
        {
            mean[j] = ((Step[cell] * atRisk[j]) - (EventStep[cell] * events[j])) * perEvent;
        }
    }

    /// <summary>The sums over the events of one cell that its hazard step and information need; returns its part of the log likelihood.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Terms(int cell)
    {
        var (d, weight) = (_sets.Deaths(cell), _sets.MeanWeight[cell]);
        var (atRisk, events) = _sums.Totals(cell);
        var squares = _squares.AsSpan(cell * 3, 3);
        if (d == 1 || !_efron)
        {
            Step[cell] = weight * d / atRisk;
            EventStep[cell] = 0;
            squares.Clear();
            squares[0] = weight * d / (atRisk * atRisk);
            return weight * d * Math.Log(atRisk);
        }

        // phi_k = R u_k with u_k = 1 - (k/d)(D/R); the logarithm is taken of products of some u_k at a time.
        var share = events / atRisk / d;
        var (logs, product) = (0.0, 1.0);
        var (first, second, firstSquare, secondSquare, thirdSquare) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < d; k++)
        {
            var u = 1 - (k * share);
            var inverse = 1 / u;
            var part = k * inverse;
            first += inverse;
            second += part;
            firstSquare += inverse * inverse;
            secondSquare += inverse * part;
            thirdSquare += part * part;
            product *= u;
            if ((k & 15) == 15)
            {
                logs += Math.Log(product);
                product = 1;
            }
        }

        var (scale, square) = (weight / atRisk, weight / atRisk / atRisk);
        Step[cell] = scale * first;
        EventStep[cell] = scale * second / d;
        squares[0] = square * firstSquare;
        squares[1] = square * secondSquare / d;
        squares[2] = square * thirdSquare / d / d;
        return weight * ((d * Math.Log(atRisk)) + logs + Math.Log(product));
    }

    /// <summary>Sum over cells of w sum_k m_k m_k': lower triangle.</summary>
    private double[] MeanSquares(double[]? factor)
    {
        var tasks = (_sets.Cells + CellsPerTask - 1) / CellsPerTask;
        var perTask = new double[tasks * _k * _k];
        Parallel.For(0, tasks, _parallel, task =>
        {
            var into = perTask.AsSpan(task * _k * _k, _k * _k);
            Span<double> shifted = new double[_k];
            for (var cell = task * CellsPerTask; cell < Math.Min(_sets.Cells, (task + 1) * CellsPerTask); cell++)
            {
                var times = factor is null ? 1 : factor[cell];
                var (c0, c1, c2) = (_squares[cell * 3], _squares[(cell * 3) + 1], _squares[(cell * 3) + 2]);
                var risk = _sums.AtRisk(cell);
                var events = _sums.Events(cell);

                // c0 RR' - c1 (RD' + DR') + c2 DD' = c0 (R - s D)(R - s D)' + (c2 - s c1) DD', s = c1 / c0: two squares.
                var s = c1 / c0;
                TensorPrimitives.MultiplyAdd(events, -s, risk, shifted);
                AddSquare(shifted, c0 * times, into);
                if (c1 > 0)
                {
                    AddSquare(events, (c2 - (s * c1)) * times, into);
                }
            }
        });
        return DesignBlocks.Total(perTask, _k * _k);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSquare(ReadOnlySpan<double> v, double factor, Span<double> into)
    {
        for (var a = 0; a < v.Length; a++)
        {
            var scaled = factor * v[a];
            var row = into.Slice(a * _k, a + 1);
            for (var b = 0; b < row.Length; b++)
            {
                row[b] += scaled * v[b];
            }
        }
    }

    /// <summary>w E of the rows of a block, from cumulative steps.</summary>
    private void Expect(DesignBlocks.Block block, double[] cumulative, double[]? factor, Span<double> expected)
    {
        var risk = _sums.Risk(block);
        var cell = _sums.FirstCell(block);
        for (var from = block.From; from < block.From + block.Count; cell++)
        {
            var to = Math.Min(_sets.CellStart[cell + 1], block.From + block.Count);
            var events = Math.Clamp(_sets.DeathEnd[cell], from, to);
            var own = cumulative[cell] - (EventStep[cell] * (factor is null ? 1 : factor[cell]));
            TensorPrimitives.Multiply(risk[(from - block.From)..(events - block.From)], own, expected[(from - block.From)..]);
            TensorPrimitives.Multiply(risk[(events - block.From)..(to - block.From)], cumulative[cell], expected[(events - block.From)..]);
            from = to;
        }

        if (_sets.EntryCell is { } entry)
        {
            for (var i = 0; i < expected.Length; i++)
            {
                if (entry[block.From + i] is var before and >= 0)
                {
                    expected[i] -= risk[i] * cumulative[before];
                }
            }
        }
    }

    /// <summary>The weights of the rows that end with the event, times the factor of their cell; 0 for the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EventWeights(DesignBlocks.Block block, ReadOnlySpan<double> factor, Span<double> into)
    {
        into[..block.Count].Clear();
        var cell = _sums.FirstCell(block);
        for (var from = block.From; from < block.From + block.Count; cell++)
        {
            var to = Math.Min(_sets.CellStart[cell + 1], block.From + block.Count);
            var times = factor.IsEmpty ? 1 : factor[cell];
            for (var i = from; i < Math.Min(_sets.DeathEnd[cell], to); i++)
            {
                into[i - block.From] = times * (_sets.Weights is null ? 1 : _sets.Weights[i]);
            }

            from = to;
        }
    }
}
