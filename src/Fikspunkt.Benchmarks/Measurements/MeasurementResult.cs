using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Where a measurement puts an area. Every measurement gives these, so that they can be laid side by side.</summary>
/// <param name="Area">Municipality code (a jobcentre's measurement stands for its municipality).</param>
/// <param name="Outcome">What is measured: an outcome's id, or the measurement's own.</param>
/// <param name="Period">Period.</param>
/// <param name="Value">The figure that units are ordered by, in the unit that the measurement's table states.</param>
/// <param name="StandardError">Its standard error; NaN where it is not known, which the measurement explains.</param>
/// <param name="Lower">Lower end of its interval; NaN where not known.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Rank">1 = best by this measurement's own rule; ties share the smallest rank.</param>
/// <param name="RankLower">Best rank in the confidence set.</param>
/// <param name="RankUpper">Worst rank in the confidence set.</param>
/// <param name="Units">Units ranked.</param>
/// <param name="Class">Whether it can be told apart from what is expected; <see langword="null"/> where the measurement has no expectation.</param>
/// <param name="Category">Category id where the measurement has categories; else <see langword="null"/>.</param>
public sealed record MeasuredPosition(
    string Area,
    string Outcome,
    Period Period,
    double Value,
    double StandardError,
    double Lower,
    double Upper,
    int Rank,
    int RankLower,
    int RankUpper,
    int Units,
    SignificanceClass? Class,
    string? Category)
{
    /// <summary>0 = best, 100 = worst: the rank's place among the units.</summary>
    public double Percentile => Percent(Rank);

    /// <summary>The percentile of the best rank in the confidence set.</summary>
    public double PercentileLower => Percent(RankLower);

    /// <summary>The percentile of the worst rank in the confidence set.</summary>
    public double PercentileUpper => Percent(RankUpper);

    private double Percent(int rank) => Units > 1 ? 100.0 * (rank - 1) / (Units - 1) : 50;
}

/// <summary>What a column holds, which decides how it is written.</summary>
public enum ColumnKind
{
    /// <summary>A municipality's code, shown by name.</summary>
    Area,

    /// <summary>Text, or <see cref="LocalizedText"/>.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A share, shown in per cent.</summary>
    Share,

    /// <summary>A difference of shares, shown in percentage points with its sign.</summary>
    Points,

    /// <summary>kr (<see cref="decimal"/>), shown in mio. kr.</summary>
    Kroner,

    /// <summary>Persons or full-time persons.</summary>
    Persons,
}

/// <summary>A column.</summary>
/// <param name="Id">Its name in CSV, lower case with underscores.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Kind">What it holds.</param>
public sealed record MeasurementColumn(string Id, LocalizedText Title, ColumnKind Kind);

/// <summary>A table of a measurement's results, shown in its report section and written as CSV.</summary>
/// <param name="Id">Its name, unique within the measurement; the file's name.</param>
/// <param name="Title">What it holds.</param>
/// <param name="Explanation">How to read it.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Rows">One cell a column: <see cref="string"/>, <see cref="int"/>, <see cref="double"/> (NaN = unknown), <see cref="decimal"/>, <see cref="LocalizedText"/>, or <see langword="null"/>.</param>
public sealed record MeasurementTable(
    string Id,
    LocalizedText Title,
    LocalizedText Explanation,
    IReadOnlyList<MeasurementColumn> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>A careful sentence that a result carries.</summary>
/// <param name="Area">Municipality code; <see langword="null"/> = the country.</param>
/// <param name="Kind">What it is about: <c>position</c>, <c>change</c>, <c>contribution</c>, <c>contradiction</c>, <c>gap</c>, <c>money</c>.</param>
/// <param name="Text">The sentence.</param>
public sealed record Statement(string? Area, string Kind, LocalizedText Text);

/// <summary>What a measurement gives.</summary>
/// <param name="Spec">The definition.</param>
/// <param name="Vintages">The data.</param>
/// <param name="Positions">The position of each area: the overall outcome first, then further outcomes where the measurement has them; by area code.</param>
/// <param name="Tables">Its tables, the main one first.</param>
/// <param name="Statements">Sentences.</param>
/// <param name="Notes">Remarks on how data were used.</param>
public sealed record MeasurementResult(
    MeasurementSpec Spec,
    IReadOnlyList<VintageReference> Vintages,
    IReadOnlyList<MeasuredPosition> Positions,
    IReadOnlyList<MeasurementTable> Tables,
    IReadOnlyList<Statement> Statements,
    IReadOnlyList<RunNote> Notes)
{
    /// <summary>Whether any of the data are made up.</summary>
    public bool Synthetic => Vintages.Any(vintage => vintage.Synthetic);
}
