using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>The sums over those at risk and over the events at each event time that a partial likelihood is made of.</summary>
/// <remarks>In the words of <see cref="CoxLikelihood"/>: r of each row, and R, R1, D, D1 of each cell, at one point b.</remarks>
internal sealed class CoxRiskSums
{
    /// <summary>Groups of rows that are summed by entry at the same time, and the numbers they may take up together.</summary>
    private const int MostGroups = 16;
    private const long MostAccumulated = 4_000_000;

    private readonly CoxRiskSets _sets;
    private readonly DesignBlocks _design;
    private readonly ParallelOptions _parallel;
    private readonly int _k;
    private readonly double[] _risk;
    private readonly int[] _firstCell;

    /// <summary>Per cell: R, R1, D, D1 (R over the exit cell only until the sums are carried back in time).</summary>
    private readonly double[] _sums;

    public CoxRiskSums(CoxRiskSets sets, DesignBlocks design, ParallelOptions parallel)
    {
        (_sets, _design, _parallel, _k) = (sets, design, parallel, design.Columns);
        _risk = GC.AllocateUninitializedArray<double>(sets.Rows);
        _sums = new double[checked(sets.Cells * Stride)];
        _firstCell = new int[design.Count];
        for (int block = 0, cell = 0; block < _firstCell.Length; block++)
        {
            while (sets.CellStart[cell + 1] <= block * DesignBlocks.Length)
            {
                cell++;
            }

            _firstCell[block] = cell;
        }
    }

    private int Stride => 2 * (_k + 1);

    /// <summary>The cell of a block's first row.</summary>
    public int FirstCell(DesignBlocks.Block block) => _firstCell[block.Index];

    /// <summary>r of a block's rows.</summary>
    public ReadOnlySpan<double> Risk(DesignBlocks.Block block) => _risk.AsSpan(block.From, block.Count);

    /// <summary>R and D of a cell.</summary>
    public (double AtRisk, double Events) Totals(int cell) => (_sums[cell * Stride], _sums[(cell * Stride) + _k + 1]);

    /// <summary>R1 of a cell.</summary>
    public ReadOnlySpan<double> AtRisk(int cell) => _sums.AsSpan((cell * Stride) + 1, _k);

    /// <summary>D1 of a cell.</summary>
    public ReadOnlySpan<double> Events(int cell) => _sums.AsSpan((cell * Stride) + _k + 2, _k);

    /// <summary>Makes the sums at <paramref name="b"/>.</summary>
    public void MoveTo(double[] b)
    {
        SumCells(b);
        if (_sets.EntryCell is not null)
        {
            SubtractEntries();
        }
        else
        {
            CarryBack([]);
        }
    }

    private void SumCells(double[] b)
    {
        var heads = new double[_design.Count * Stride];
        _design.For(block =>
        {
            var risk = _risk.AsSpan(block.From, block.Count);
            risk.Clear();
            block.AddProduct(b, risk);
            Kernels.Exp(risk);
            if (_sets.Weights is { } weights)
            {
                Kernels.Multiply(risk, weights.AsSpan(block.From, block.Count), risk);
            }

            var cell = _firstCell[block.Index];
            for (var from = block.From; from < block.From + block.Count; cell++)
            {
                var to = Math.Min(_sets.CellStart[cell + 1], block.From + block.Count);
                var events = Math.Clamp(_sets.DeathEnd[cell], from, to);

                // A cell that began in an earlier block gets this part afterwards, in the order of the blocks.
                var into = (_sets.CellStart[cell] < block.From ? heads.AsSpan(block.Index * Stride) : _sums.AsSpan(cell * Stride))[..Stride];
                SumSegment(block, risk, from - block.From, events - block.From, into[(_k + 1)..]);
                SumSegment(block, risk, events - block.From, to - block.From, into[..(_k + 1)]);
                from = to;
            }
        });
        for (var block = 0; block < _firstCell.Length; block++)
        {
            if (_sets.CellStart[_firstCell[block]] < block * DesignBlocks.Length)
            {
                var into = _sums.AsSpan(_firstCell[block] * Stride, Stride);
                TensorPrimitives.Add(into, heads.AsSpan(block * Stride, Stride), into);
            }
        }
    }

    private void SumSegment(DesignBlocks.Block block, ReadOnlySpan<double> risk, int from, int to, Span<double> into)
    {
        var own = risk[from..to];
        if (own.Length == 1)
        {
            into[0] = own[0];
            for (var j = 0; j < _k; j++)
            {
                into[1 + j] = own[0] * block.Column(j)[from];
            }

            return;
        }

        into[0] = TensorPrimitives.Sum(own);
        for (var j = 0; j < _k; j++)
        {
            into[1 + j] = Kernels.Dot(own, block.Column(j)[from..to]);
        }
    }

    /// <summary>From sums over exit cells to sums over risk sets; the events' own sums are part of both.</summary>
    private void CarryBack(double[] entries)
    {
        var half = _k + 1;
        var running = new double[half];
        for (var stratum = _sets.StratumStart.Length - 2; stratum >= 0; stratum--)
        {
            Array.Clear(running);
            for (var cell = _sets.StratumStart[stratum + 1] - 1; cell >= _sets.StratumStart[stratum]; cell--)
            {
                var own = _sums.AsSpan(cell * Stride, Stride);
                for (var j = 0; j < half; j++)
                {
                    running[j] += own[j] + own[half + j];
                    own[j] = running[j];
                }

                // Those who enter at or after this time are taken out before it is used. The entry cell is the last one before a spell.
                if (entries.Length > 0)
                {
                    for (var j = 0; j < half; j++)
                    {
                        running[j] -= entries[(cell * half) + j];
                        own[j] = running[j];
                    }
                }
            }
        }
    }

    private void SubtractEntries()
    {
        // Rows are spread over the entry cells of few fixed groups of blocks, as many as their accumulators stay small.
        var (half, entry) = (_k + 1, _sets.EntryCell!);
        var groups = (int)Math.Clamp(MostAccumulated / ((long)_sets.Cells * half), 1, MostGroups);
        var perGroup = new double[groups * _sets.Cells * half];
        Parallel.For(0, groups, _parallel, group =>
        {
            var into = perGroup.AsSpan(group * _sets.Cells * half, _sets.Cells * half);
            for (var index = _design.Count * group / groups; index < _design.Count * (group + 1) / groups; index++)
            {
                var block = _design[index];
                var risk = _risk.AsSpan(block.From, block.Count);
                var cells = entry.AsSpan(block.From, block.Count);
                Scatter(cells, risk, [], half, into);
                for (var j = 0; j < _k; j++)
                {
                    Scatter(cells, risk, block.Column(j), half, into[(1 + j)..]);
                }
            }
        });
        CarryBack(DesignBlocks.Total(perGroup, _sets.Cells * half));
    }

    /// <summary>Adds each row's risk (times a column, if one is given) to its entry cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ReadOnlySpan<int> cells, ReadOnlySpan<double> risk, ReadOnlySpan<double> column, int stride, Span<double> into)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] >= 0)
            {
                into[cells[i] * stride] += column.IsEmpty ? risk[i] : risk[i] * column[i];
            }
        }
    }
}
