namespace Fikspunkt.Statistics.Series;

/// <summary>What should explain differences does not differ (within units and periods, between units, or before and after): nothing can be learnt from it.</summary>
/// <param name="argument">Which input, by parameter name.</param>
public sealed class NoVariationException(string argument)
    : StatisticsException($"{argument} does not vary in a way that could be told apart from the other columns.")
{
    /// <summary>Which input, by parameter name.</summary>
    public string Argument { get; } = argument;
}
