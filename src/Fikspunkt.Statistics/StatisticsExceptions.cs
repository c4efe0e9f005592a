namespace Fikspunkt.Statistics;

/// <summary>The data do not allow the calculation. The types below carry what a caller needs to say so in plain words;
/// the messages are for developers.</summary>
public abstract class StatisticsException(string message) : Exception(message);

/// <summary>A value that the method cannot use: NaN, infinite, or outside its range.</summary>
/// <param name="argument">Which input, by parameter name.</param>
/// <param name="row">Row or element, from 0.</param>
/// <param name="column">Column, from 0; 0 for vectors.</param>
/// <param name="value">The value found.</param>
/// <param name="requirement">What the value must be.</param>
/// <param name="bounds">The numbers that the requirement names, in its order.</param>
public sealed class InvalidValueException(string argument, int row, int column, double value, Requirement requirement, params double[] bounds)
    : StatisticsException(FormattableString.Invariant($"{argument}[{row}, {column}] is {value}; expected {requirement.Say(bounds)}."))
{
    /// <summary>Which input, by parameter name.</summary>
    public string Argument { get; } = argument;

    /// <summary>Row or element, from 0.</summary>
    public int Row { get; } = row;

    /// <summary>Column, from 0; 0 for vectors.</summary>
    public int Column { get; } = column;

    /// <summary>The value found.</summary>
    public double Value { get; } = value;

    /// <summary>What the value must be.</summary>
    public Requirement Requirement { get; } = requirement;

    /// <summary>The numbers that the requirement names, in its order.</summary>
    public IReadOnlyList<double> Bounds { get; } = bounds;
}

/// <summary>Columns of the design depend linearly on each other, so their coefficients cannot be told apart.</summary>
public sealed class RankDeficientException : StatisticsException
{
    internal RankDeficientException(int rank, int columns, IReadOnlyList<IReadOnlyList<int>> dependencies)
        : base($"The design has rank {rank} of {columns}: " + string.Join("; ", dependencies.Select(group => $"columns {string.Join(", ", group)} depend on each other")) + ".")
    {
        Rank = rank;
        Dependencies = dependencies;
        Columns = [.. dependencies.SelectMany(group => group).Distinct().Order()];
    }

    /// <summary>Number of columns that are independent.</summary>
    public int Rank { get; }

    /// <summary>One set of column numbers (from 0, ascending) per superfluous column: that column and those it can be made of.
    /// A set of one is a column of zeros.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Dependencies { get; }

    /// <summary>All columns that take part in any dependency, ascending.</summary>
    public IReadOnlyList<int> Columns { get; }
}

/// <summary>There are not more units (with a weight above 0) than the method needs.</summary>
/// <param name="units">Units there are.</param>
/// <param name="needed">Units needed at least.</param>
public sealed class TooFewUnitsException(int units, int needed)
    : StatisticsException($"{units} units were given; at least {needed} are needed.")
{
    /// <summary>Units there are.</summary>
    public int Units { get; } = units;

    /// <summary>Units needed at least.</summary>
    public int Needed { get; } = needed;
}

/// <summary>Errors by cluster need more clusters (with a weight above 0) than there are.</summary>
/// <param name="clusters">Clusters there are.</param>
/// <param name="needed">Clusters needed at least.</param>
public sealed class TooFewClustersException(int clusters, int needed)
    : StatisticsException($"There are {clusters} clusters; at least {needed} are needed.")
{
    /// <summary>Clusters there are.</summary>
    public int Clusters { get; } = clusters;

    /// <summary>Clusters needed at least.</summary>
    public int Needed { get; } = needed;
}

/// <summary>Outcomes of exactly 0 or 1 are predicted perfectly by a combination of columns, so no finite estimate exists.</summary>
/// <param name="rows">Rows (from 0) that are predicted perfectly.</param>
/// <param name="leftOut">The group that was left out when it happened, or <see langword="null"/> for the fit to all rows.</param>
public sealed class SeparationException(IReadOnlyList<int> rows, int? leftOut = null)
    : StatisticsException($"Rows {string.Join(", ", rows)} are predicted perfectly{(leftOut is null ? "" : $" when group {leftOut} is left out")}: there is no finite estimate.")
{
    /// <summary>Rows (from 0) that are predicted perfectly.</summary>
    public IReadOnlyList<int> Rows { get; } = rows;

    /// <summary>The group that was left out when it happened, or <see langword="null"/> for the fit to all rows.</summary>
    public int? LeftOut { get; } = leftOut;
}

/// <summary>The iterations did not settle.</summary>
/// <param name="iterations">Iterations made.</param>
/// <param name="change">The last change, on the scale of the stopping rule.</param>
public sealed class NotConvergedException(int iterations, double change)
    : StatisticsException(FormattableString.Invariant($"No convergence after {iterations} iterations; the last change was {change}."))
{
    /// <summary>Iterations made.</summary>
    public int Iterations { get; } = iterations;

    /// <summary>The last change, on the scale of the stopping rule.</summary>
    public double Change { get; } = change;
}

/// <summary>A matrix that should be a covariance matrix is none: not symmetric, or with a negative variance in some direction.</summary>
/// <param name="row">A row (from 0) where it shows.</param>
public sealed class NotPositiveSemidefiniteException(int row)
    : StatisticsException($"The matrix is not a covariance matrix: row {row} breaks symmetry or has a negative remaining variance.")
{
    /// <summary>A row (from 0) where it shows.</summary>
    public int Row { get; } = row;
}

/// <summary>There is no event (with a weight above 0) that says anything about the question.</summary>
public sealed class NoEventsException() : StatisticsException("There are no events to learn from.");

/// <summary>The likelihood grows for ever along some combination of columns: there is no finite estimate.</summary>
/// <param name="columns">Columns (from 0) whose coefficients run away.</param>
public sealed class MonotoneLikelihoodException(IReadOnlyList<int> columns)
    : StatisticsException($"The coefficients of columns {string.Join(", ", columns)} grow without limit: a combination of them orders the events perfectly.")
{
    /// <summary>Columns (from 0) whose coefficients run away.</summary>
    public IReadOnlyList<int> Columns { get; } = columns;
}

/// <summary>Intervals of follow-up without an event (or without anybody at risk) have no finite log hazard: merge them with a neighbour.</summary>
/// <param name="intervals">The intervals, from 0.</param>
public sealed class IntervalWithoutEventsException(IReadOnlyList<int> intervals)
    : StatisticsException($"Intervals {string.Join(", ", intervals)} have no events.")
{
    /// <summary>The intervals, from 0.</summary>
    public IReadOnlyList<int> Intervals { get; } = intervals;
}

/// <summary>A result would leave the range of floating-point numbers: the input's values lie too many powers of ten from 1 or from each other.</summary>
/// <param name="quantity">What could not be worked out.</param>
public sealed class NumericRangeException(string quantity)
    : StatisticsException($"{quantity} leaves the range of floating-point numbers: rescale the input.")
{
    /// <summary>What could not be worked out.</summary>
    public string Quantity { get; } = quantity;
}
