using System.IO.Enumeration;
using System.Text.Json;

namespace Fikspunkt.Methods;

/// <summary>How a quantity came out.</summary>
public enum Verdict
{
    /// <summary>Every value lies within the case's tolerance.</summary>
    Within,

    /// <summary>A value does not.</summary>
    Differs,

    /// <summary>A value was not computed.</summary>
    NotComputed,

    /// <summary>The case says not to compare it.</summary>
    Skipped,

    /// <summary>It tells how the case was made, which no method computes: names beginning with <c>peer_</c>.</summary>
    AboutThePeer,
}

/// <summary>One quantity compared.</summary>
/// <param name="Quantity">Its dotted name.</param>
/// <param name="Values">How many values it has.</param>
/// <param name="LargestRelative">The largest |ours - theirs| / |theirs|, over numbers where theirs is not 0.</param>
/// <param name="LargestAbsolute">The largest |ours - theirs|.</param>
/// <param name="Relative">The tolerance: relative part.</param>
/// <param name="Absolute">The tolerance: absolute part.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="FirstFault">The first value that fails: its dotted name with its place, ours and theirs; empty when none does.</param>
public sealed record ComparedQuantity(string Quantity, int Values, double LargestRelative, double LargestAbsolute, double Relative, double Absolute, Verdict Verdict, string FirstFault);

/// <summary>Compares what was computed with what a case expects, by the rules of the case.</summary>
/// <remarks>
/// A number passes when |ours - theirs| &lt;= absolute + relative |theirs|; texts, truth values and undefined ones must be equal. The
/// first rule whose path matches the quantity, or a table that it belongs to, sets the tolerance; what no rule names must be equal.
/// </remarks>
internal sealed class CaseComparison(IReadOnlyList<ToleranceRule> rules, IReadOnlyList<string> skip)
{
    private const string PeerPrefix = "peer_";

    public IReadOnlyList<ComparedQuantity> Compare(JsonElement expected, object? computed)
    {
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var leaf in QuantityTree.Leaves(computed))
        {
            found[leaf.Element] = leaf.Value;
        }

        return [.. QuantityTree.Leaves(expected).GroupBy(leaf => leaf.Quantity, StringComparer.Ordinal).Select(group => Compare(group.Key, [.. group], found))];
    }

    private ComparedQuantity Compare(string quantity, List<Leaf> expected, Dictionary<string, object?> found)
    {
        var rule = rules.FirstOrDefault(rule => Matches(rule.Path, quantity)) ?? new ToleranceRule(quantity, 0, 0);
        var result = new ComparedQuantity(quantity, expected.Count, 0, 0, rule.Relative, rule.Absolute, Verdict.Within, string.Empty);
        if (quantity.StartsWith(PeerPrefix, StringComparison.Ordinal))
        {
            return result with { Verdict = Verdict.AboutThePeer };
        }

        if (skip.Any(glob => Matches(glob, quantity)))
        {
            return result with { Verdict = Verdict.Skipped };
        }

        foreach (var leaf in expected)
        {
            if (!found.TryGetValue(leaf.Element, out var ours))
            {
                return result with { Verdict = Verdict.NotComputed, FirstFault = leaf.Element };
            }

            result = Add(result, leaf, ours);
        }

        return result;
    }

    private static ComparedQuantity Add(ComparedQuantity sum, Leaf expected, object? ours)
    {
        var isRight = Equals(expected.Value, ours);
        if (expected.Value is double theirs && ours is double own && !isRight)
        {
            var difference = Math.Abs(own - theirs);
            isRight = difference <= sum.Absolute + (sum.Relative * Math.Abs(theirs));
            sum = sum with
            {
                LargestAbsolute = Math.Max(sum.LargestAbsolute, difference),
                LargestRelative = theirs == 0 ? sum.LargestRelative : Math.Max(sum.LargestRelative, difference / Math.Abs(theirs)),
            };
        }
        else if (expected.Value is string text)
        {
            isRight = isRight || (ours is double infinite && double.IsInfinity(infinite) && text == (infinite > 0 ? "Infinity" : "-Infinity"));
        }

        return isRight || sum.Verdict == Verdict.Differs ? sum : sum with
        {
            Verdict = Verdict.Differs,
            FirstFault = FormattableString.Invariant($"{expected.Element}: {ours ?? "null"}, {expected.Value ?? "null"}"),
        };
    }

    private static bool Matches(string glob, string quantity)
    {
        // A rule for a table holds for what is in it.
        for (var end = quantity.Length; end > 0; end = quantity.LastIndexOf('.', end - 1))
        {
            if (FileSystemName.MatchesSimpleExpression(glob, quantity.AsSpan(0, end), ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A rule of a case: quantities of these names may differ by so much.</summary>
/// <param name="Path">A glob over the dotted name.</param>
/// <param name="Relative">Relative part.</param>
/// <param name="Absolute">Absolute part.</param>
internal sealed record ToleranceRule(string Path, double Relative, double Absolute);
