using System.Globalization;
using System.Text.RegularExpressions;

namespace Fikspunkt.Methods;

/// <summary>A column as written in a model: <c>income</c>, <c>log(income)</c>, <c>sqrt(x)</c>, <c>share_pct/100</c>, <c>x*2</c>, <c>age^2</c>.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Term">The name that the result has in tables: <c>log_income</c>.</param>
/// <param name="Apply">The function.</param>
internal sealed partial record ColumnExpression(string Column, string Term, Func<double, double> Apply)
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new(StringComparer.Ordinal)
    {
        ["log"] = Math.Log,
        ["log1p"] = x => Math.Log(1 + x),
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["sqrt"] = Math.Sqrt,
        ["exp"] = Math.Exp,
        ["abs"] = Math.Abs,
    };

    public static ColumnExpression Parse(string text, Func<string, bool> isColumn)
    {
        // A column may be called anything, so its plain name goes first.
        if (isColumn(text))
        {
            return new ColumnExpression(text, text, x => x);
        }

        if (Call().Match(text) is { Success: true } call && Functions.TryGetValue(call.Groups["function"].Value, out var function))
        {
            var inner = Parse(call.Groups["inner"].Value.Trim(), isColumn);
            return new ColumnExpression(inner.Column, $"{call.Groups["function"].Value}_{inner.Term}", x => function(inner.Apply(x)));
        }

        if (Operation().Match(text) is { Success: true } operation)
        {
            var inner = Parse(operation.Groups["inner"].Value.Trim(), isColumn);
            var number = double.Parse(operation.Groups["number"].Value, CultureInfo.InvariantCulture);
            return operation.Groups["sign"].Value switch
            {
                "/" => new ColumnExpression(inner.Column, inner.Term, x => inner.Apply(x) / number),
                "*" => new ColumnExpression(inner.Column, inner.Term, x => inner.Apply(x) * number),
                "+" => new ColumnExpression(inner.Column, inner.Term, x => inner.Apply(x) + number),
                "-" => new ColumnExpression(inner.Column, inner.Term, x => inner.Apply(x) - number),
                _ => new ColumnExpression(inner.Column, $"{inner.Term}_{operation.Groups["number"].Value}", x => Math.Pow(inner.Apply(x), number)),
            };
        }

        return new ColumnExpression(text, text, x => x);
    }

    [GeneratedRegex(@"^(?<function>[a-z0-9]+)\((?<inner>.+)\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?<inner>.+?)\s*(?<sign>[/*^+-])\s*(?<number>\d+(\.\d+)?(e[+-]?\d+)?)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Operation();
}
