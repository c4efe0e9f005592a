using Fikspunkt.Domain;
using Fikspunkt.Store.Importing;

namespace Fikspunkt.Store;

/// <summary>Takes the rows of an import, from one thread, in any order.</summary>
public sealed class ObservationWriter
{
    private const int MostProblems = 100;

    private readonly string origin;
    private readonly CancellationToken cancellationToken;
    private readonly List<ImportRow[]> segments = [];
    private readonly List<string?[]?> raws = [];
    private readonly List<InputProblem> problems = [];
    private readonly List<(long FirstRow, string Name)> files = [];
    private readonly Dictionary<Period, int> periodNumbers = [];
    private Period lastPeriod;
    private int lastPeriodNumber = -1;
    private ImportRow[] segment = [];
    private int used;

    internal ObservationWriter(string origin, CancellationToken cancellationToken) =>
        (this.origin, this.cancellationToken) = (origin, cancellationToken);

    /// <summary>Rows appended so far.</summary>
    public long Rows => ((long)segments.Count * ImportRow.SegmentLength) - (segment.Length - used);

    internal string Origin => origin;

    internal KeyColumn Areas { get; } = new();

    internal KeyColumn Indicators { get; } = new();

    internal KeyColumn Breakdowns { get; } = new();

    internal KeyColumn PeriodTexts { get; } = new();

    internal List<Period> Periods { get; } = [];

    internal List<ImportRow[]> Segments => segments;

    internal List<string?[]?> Raws => raws;

    /// <summary>Says that the rows from here on come from this file, and their lines are lines of it; for errors. Before the first call they come from the origin.</summary>
    public void StartFile(string name) => files.Add((Rows, name));

    /// <summary>Adds one observation.</summary>
    /// <param name="area">Area code.</param>
    /// <param name="period">Period.</param>
    /// <param name="indicator">Indicator id.</param>
    /// <param name="breakdown">Canonical breakdown, empty for the total.</param>
    /// <param name="value">The number; <see langword="null"/> exactly when the status is Missing or Suppressed.</param>
    /// <param name="status">What the cell says besides its number.</param>
    /// <param name="raw">The source's text where it differs from the plain invariant form of the value, else <see langword="null"/>.</param>
    /// <param name="line">1-based line in the source, for errors.</param>
    /// <exception cref="ArgumentException">Value and status do not go together.</exception>
    /// <exception cref="OperationCanceledException">The import was cancelled.</exception>
    public void Append(string area, Period period, string indicator, string breakdown, double? value, ObservationStatus status, string? raw, int line)
    {
        if (value is null != status is ObservationStatus.Missing or ObservationStatus.Suppressed)
        {
            throw new ArgumentException($"Status {status} does not go with {(value is null ? "no" : "a")} value.", nameof(status));
        }

        if (value is { } number && !double.IsFinite(number))
        {
            Report(new InputProblem(Texts.NotFinite, FileOf(Rows), line, Found: raw ?? number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return;
        }

        if (used == segment.Length)
        {
            NextSegment();
        }

        ref var row = ref segment[used];
        row.Area = Number(Areas, area, line);
        row.Indicator = Number(Indicators, indicator, line);
        row.Breakdown = Number(Breakdowns, breakdown, line);
        row.Period = Number(period);
        row.Value = value.GetValueOrDefault();
        row.Line = line;
        row.Status = status;
        if (raw is not null)
        {
            (raws[^1] ??= new string?[ImportRow.SegmentLength])[used] = raw;
        }

        used++;
    }

    /// <summary>The file that a row, counted from 0 as written, came from.</summary>
    internal string FileOf(long row) => files.FindLast(file => file.FirstRow <= row).Name ?? origin;

    /// <summary>The problems met so far.</summary>
    /// <exception cref="InputException">There are some.</exception>
    internal void ThrowIfProblems()
    {
        if (problems.Count > 0)
        {
            throw new InputException(problems);
        }
    }

    private int Number(KeyColumn column, string text, int line)
    {
        var known = column.Texts.Count;
        var number = column.Number(text);
        if (number == known && text.Any(char.IsControl))
        {
            // The fingerprint separates texts by control characters.
            Report(new InputProblem(Texts.ControlCharacter, FileOf(Rows), line, Found: text));
        }

        return number;
    }

    private int Number(Period period)
    {
        if (period == lastPeriod && lastPeriodNumber >= 0)
        {
            return lastPeriodNumber;
        }

        if (!periodNumbers.TryGetValue(period, out var number))
        {
            number = PeriodTexts.Number(period.ToString());
            periodNumbers.Add(period, number);
            Periods.Add(period);
        }

        (lastPeriod, lastPeriodNumber) = (period, number);
        return number;
    }

    private void NextSegment()
    {
        cancellationToken.ThrowIfCancellationRequested();
        segment = new ImportRow[ImportRow.SegmentLength];
        used = 0;
        segments.Add(segment);
        raws.Add(null);
    }

    private void Report(InputProblem problem)
    {
        problems.Add(problem);
        if (problems.Count == MostProblems)
        {
            throw new InputException(problems);
        }
    }
}
