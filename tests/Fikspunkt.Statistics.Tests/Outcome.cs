using System.Collections;
using System.Reflection;

namespace Fikspunkt.Statistics.Tests;

/// <summary>What a call on degenerate input may come to: a typed fault, or values without NaN but for those that the method documents.</summary>
internal static class Outcome
{
    /// <summary>Runs the calls; each must be refused with a <see cref="StatisticsException"/> or give values. All faults are told together.</summary>
    /// <param name="calls">What is called, by a name for the report.</param>
    /// <param name="undefined">Names of properties that are NaN by documentation.</param>
    public static void ShouldBeTypedOrValues(IEnumerable<(string Name, Func<object> Call)> calls, params string[] undefined)
    {
        var faults = new List<string>();
        foreach (var (name, call) in calls)
        {
            try
            {
                var missing = Undefined(call(), string.Empty, 0).Where(path => !undefined.Any(property => path.Split('.', '[').Contains(property, StringComparer.Ordinal))).Take(3).ToArray();
                if (missing.Length > 0)
                {
                    faults.Add($"{name}: NaN in {string.Join(", ", missing)}");
                }
            }
            catch (StatisticsException)
            {
                // The typed fault that is asked for.
            }
            catch (Exception e)
            {
                faults.Add($"{name}: {e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}");
            }
        }

        faults.ShouldBeEmpty();
    }

    private static IEnumerable<string> Undefined(object? value, string path, int depth) => value switch
    {
        null or string or Enum or bool or int or long => [],
        double number => double.IsNaN(number) ? [path] : [],
        double[] numbers => Array.FindIndex(numbers, double.IsNaN) is >= 0 and var at ? [FormattableString.Invariant($"{path}[{at}]")] : [],
        RowMatrix matrix => Undefined(matrix.Values, path, depth + 1),
        IEnumerable list => list.Cast<object?>().SelectMany((item, place) => Undefined(item, FormattableString.Invariant($"{path}[{place}]"), depth + 1)),
        _ when depth > 4 || value.GetType().Namespace?.StartsWith("Fikspunkt", StringComparison.Ordinal) != true && !value.GetType().Name.StartsWith("ValueTuple", StringComparison.Ordinal) => [],
        _ => Parts(value).SelectMany(part => Undefined(part.Value, path.Length == 0 ? part.Name : $"{path}.{part.Name}", depth + 1)),
    };

    private static IEnumerable<(string Name, object? Value)> Parts(object value)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        return [
            .. value.GetType().GetProperties(Public).Where(property => property.GetIndexParameters().Length == 0).Select(property => (property.Name, property.GetValue(value))),
            .. value.GetType().GetFields(Public).Select(field => (field.Name, field.GetValue(value))),
        ];
    }
}
