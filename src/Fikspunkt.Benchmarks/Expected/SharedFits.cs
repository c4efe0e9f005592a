using System.Collections.Concurrent;
using System.Text.Json;
using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>What models of the same figures have in common, each computed once: measurements fit the same outcomes in the same periods over and over.</summary>
/// <remarks>
/// Two computations are the same when everything in the model that they read is written the same: the model without its other outcomes, its total and its list of
/// periods, and beside it the periods that the computation does read. What is kept belongs to one set of figures, so an instance must not outlive or leave them.
/// </remarks>
internal sealed class SharedFits
{
    private readonly ConcurrentDictionary<string, Lazy<object?>> kept = new(StringComparer.Ordinal);

    /// <summary>What an outcome's computations are known by.</summary>
    public static string KeyOf(ModelSpec spec, int outcome) => JsonSerializer.Serialize(spec with
    {
        Outcomes = [spec.Outcomes[outcome]],
        Total = null,
        Periods = spec.Periods with { Select = [], TrendMonths = 0 },
        Ranking = spec.Ranking with { Draws = 0, Seed = 0 },
    });

    /// <summary>Names of periods, for a key.</summary>
    public static string KeyOf(IEnumerable<PanelPeriod> periods) => string.Join(',', periods.Select(period => period.Period));

    /// <summary>Computes it unless it is there; a fault is kept as well and thrown again.</summary>
    /// <param name="what">What is computed.</param>
    /// <param name="key">What it is computed from.</param>
    /// <param name="compute">Computes it.</param>
    public T Once<T>(string what, string key, Func<T> compute) =>
        (T)kept.GetOrAdd($"{what}\n{key}", _ => new Lazy<object?>(() => compute())).Value!;
}
