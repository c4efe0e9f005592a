using System.Buffers;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>The steps of <see cref="RankConfidence"/> for one set of estimates (higher is better) and one set of draws.</summary>
internal sealed class RankSteps(RankFamily family, double[] score, double[] errors, DrawBlocks draws, RankOptions options, ParallelOptions parallel) : IDisposable
{
    private readonly int _count = score.Length;

    public RankFamily Family => family;

    /// <inheritdoc/>
    public void Dispose() => draws.Dispose();

    /// <summary>Pairs [j, k] of which j is established to be better, with the whole family judged together; those of the first step alone; its critical value.</summary>
    public (bool[] Better, bool[] FirstStep, double Critical) Simultaneous()
    {
        var p = _count;
        var better = new bool[p * p];
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < p; k++)
            {
                better[(j * p) + k] = errors[(j * p) + k] == 0 && score[j] > score[k];
            }
        }

        var (first, found, firstStep) = (0.0, true, better);
        var largest = new double[draws.Draws];
        var comparisons = new Comparisons[p];
        while (found)
        {
            var open = 0;
            for (var j = 0; j < p; j++)
            {
                comparisons[j] = With(j, j + 1, k => better[(j * p) + k] || !family.Tests(j, k), k => better[(k * p) + j] || !family.Tests(k, j));
                open += comparisons[j].Others.Length;
            }

            if (open == 0)
            {
                break;
            }

            draws.LargestOfAll(comparisons, largest);
            var critical = Quantiles.Type7InPlace(largest, options.Coverage);
            var isFirst = first == 0;
            first = isFirst ? critical : first;
            found = false;
            for (var j = 0; j < p; j++)
            {
                for (var k = 0; k < p; k++)
                {
                    var error = errors[(j * p) + k];
                    if (error > 0 && !better[(j * p) + k] && score[j] - score[k] > critical * error && family.Tests(j, k))
                    {
                        better[(j * p) + k] = true;
                        found = options.Stepdown;
                    }
                }
            }

            firstStep = isFirst ? [.. better] : firstStep;
        }

        return (better, firstStep, first);
    }

    /// <summary>Bounds for each unit asked for, judged alone.</summary>
    public (int[] Lower, int[] Upper) Marginal()
    {
        var p = _count;
        var (above, below) = (new bool[p * p], new bool[p * p]); // [j, k]: k established better, worse than j, in j's own family
        var largest = ArrayPool<double>.Shared.Rent(checked(p * draws.Draws));
        var open = new bool[p];
        foreach (var j in family.Units)
        {
            open[j] = true;
            for (var k = 0; k < p; k++)
            {
                var certain = errors[(j * p) + k] == 0;
                above[(j * p) + k] = certain && score[k] > score[j];
                below[(j * p) + k] = certain && score[k] < score[j];
            }
        }

        // All units take each step together, so that a block of draws is read from memory once for all of them.
        var comparisons = new Comparisons?[p];
        while (true)
        {
            for (var j = 0; j < p; j++)
            {
                var own = j * p;
                comparisons[j] = open[j] ? With(j, 0, k => below[own + k] || !family.BoundsWorst, k => above[own + k] || !family.BoundsBest) : null;
                open[j] = comparisons[j] is { Others.Length: > 0 };
                comparisons[j] = open[j] ? comparisons[j] : null;
            }

            if (!Array.Exists(open, unit => unit))
            {
                break;
            }

            draws.LargestByUnit(comparisons, largest);
            Parallel.For(0, p, parallel, j =>
            {
                if (open[j])
                {
                    var critical = Quantiles.Type7InPlace(largest.AsSpan(j * draws.Draws, draws.Draws), options.Coverage);
                    open[j] = Establish(j, critical, above, below) && options.Stepdown;
                }
            });
        }

        ArrayPool<double>.Shared.Return(largest);
        var (lower, upper) = (new int[family.Units.Length], new int[family.Units.Length]);
        for (var at = 0; at < lower.Length; at++)
        {
            var own = family.Units[at] * p;
            lower[at] = family.BoundsBest ? 1 + above.AsSpan(own, p).Count(true) : 1;
            upper[at] = family.BoundsWorst ? p - below.AsSpan(own, p).Count(true) : p;
        }

        return (lower, upper);
    }

    private bool Establish(int j, double critical, bool[] above, bool[] below)
    {
        var found = false;
        for (var k = 0; k < _count; k++)
        {
            var at = (j * _count) + k;
            var difference = score[k] - score[j];
            if (errors[at] > 0 && !above[at] && !below[at] && Math.Abs(difference) > critical * errors[at] && (difference > 0 ? family.BoundsBest : family.BoundsWorst))
            {
                above[at] = difference > 0;
                below[at] = !above[at];
                found = true;
            }
        }

        return found;
    }

    /// <summary>The comparisons of j with units from <paramref name="from"/> on, without the directions that are out: established, or not asked for.</summary>
    private Comparisons With(int j, int from, Func<int, bool> worseIsOut, Func<int, bool> betterIsOut)
    {
        var (twoWay, oneWay) = (new List<(int Other, double Factor)>(), new List<(int Other, double Factor)>());
        for (var k = from; k < _count; k++)
        {
            var error = errors[(j * _count) + k];
            if (error == 0)
            {
                continue;
            }

            // With "k is worse" out, (Z_j - Z_k) is out and (Z_k - Z_j) stays.
            switch (worseIsOut(k), betterIsOut(k))
            {
                case (false, false):
                    twoWay.Add((k, 1 / error));
                    break;
                case (true, false):
                    oneWay.Add((k, -1 / error));
                    break;
                case (false, true):
                    oneWay.Add((k, 1 / error));
                    break;
                default:
                    break;
            }
        }

        return new Comparisons(
            [.. twoWay.Select(pair => pair.Other), .. oneWay.Select(pair => pair.Other)],
            [.. twoWay.Select(pair => pair.Factor), .. oneWay.Select(pair => pair.Factor)],
            twoWay.Count);
    }
}
