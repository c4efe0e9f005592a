namespace Fikspunkt.Statistics.Groups;

/// <summary>Columns that are the same for all units cannot be put on a common scale.</summary>
/// <param name="columns">The columns, from 0, ascending.</param>
public sealed class ConstantColumnsException(IReadOnlyList<int> columns)
    : StatisticsException($"Columns {string.Join(", ", columns)} are the same for all units.")
{
    /// <summary>The columns, from 0, ascending.</summary>
    public IReadOnlyList<int> Columns { get; } = columns;
}
