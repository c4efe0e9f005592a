namespace Fikspunkt.Benchmarks.Published;

/// <summary>What rounding alone leaves open in a published ranking.</summary>
internal static class RoundingRanks
{
    /// <summary>Steps of published differences are compared at this grain (share), far below any published step.</summary>
    private const double Grain = 1e-9;

    /// <summary>Ranks from the published differences and from all that the rounding of every figure allows.</summary>
    /// <remarks>
    /// With l and h the ends of what a municipality's actual minus expected share may be, its best possible rank is
    /// 1 + the number of others with h_j &lt; l_i and its worst is the number of units less those with l_j &gt; h_i.
    /// </remarks>
    public static IReadOnlyList<RoundingPosition> Positions(PublishedList list)
    {
        var cells = list.Cells;
        var published = cells.Select(cell => Math.Round(cell.PublishedDifference / Grain)).ToArray();
        var low = cells.Select(cell => cell.ActualLow - cell.ExpectedHigh).ToArray();
        var high = cells.Select(cell => cell.ActualHigh - cell.ExpectedLow).ToArray();
        return cells.Select((cell, i) => new RoundingPosition(
            list.Outcome.Id,
            list.Period,
            cell.Area,
            cell.PublishedDifference,
            low[i],
            high[i],
            cell.PublishedRank,
            1 + published.Count(other => other < published[i]),
            published.Count(other => other <= published[i]),
            1 + high.Count(other => other < low[i]),
            cells.Count - low.Count(other => other > high[i]))).ToList();
    }

    /// <summary>Head counts.</summary>
    public static RoundingSummary Summary(PublishedList list, IReadOnlyList<RoundingPosition> positions, double shareRounding)
    {
        var contradictions = 0;
        var expected = 0.0;
        for (var i = 0; i < positions.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (positions[i].PublishedRank is not { } left || positions[j].PublishedRank is not { } right)
                {
                    continue;
                }

                var gap = positions[i].PublishedDifference - positions[j].PublishedDifference;
                if (Math.Abs(gap) > Grain)
                {
                    contradictions += (gap > 0) != (left > right) ? 1 : 0;
                    expected += ReversalProbability(Math.Abs(gap) / (2 * shareRounding));
                }
            }
        }

        return new RoundingSummary(
            list.Outcome.Id,
            list.Period,
            positions.Count,
            positions.Count(p => p.Tied),
            positions.Count(p => p.Reproduced),
            positions.Count(p => p.PublishedRank >= p.RankFirst && p.PublishedRank <= p.RankLast),
            positions.Count(p => !p.Possible),
            positions.Average(p => p.PossibleLast - p.PossibleFirst + 1.0),
            positions.Max(p => p.PossibleLast - p.PossibleFirst + 1),
            contradictions,
            expected);
    }

    /// <summary>
    /// The probability that two differences, each of two shares rounded to a step, stand in the opposite order before rounding, when
    /// after rounding they are <paramref name="steps"/> steps apart: P(U1 + U2 + U3 + U4 &gt; steps) with U uniform on ±1/2 (Irwin-Hall).
    /// </summary>
    public static double ReversalProbability(double steps)
    {
        var x = steps + 2;
        if (x >= 4)
        {
            return 0;
        }

        // P(S > x) = sum over k of (-1)^k C(4, k) max(0, 4 - x - k)^4 / 4!, by the symmetry of S around 2.
        double[] binomial = [1, -4, 6, -4, 1];
        return binomial.Select((c, k) => c * Math.Pow(Math.Max(0, 4 - x - k), 4)).Sum() / 24;
    }
}
