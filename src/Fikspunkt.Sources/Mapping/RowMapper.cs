using System.Text;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Files;

namespace Fikspunkt.Sources.Mapping;

/// <summary>Turns the rows of a bound file into observations.</summary>
internal sealed class RowMapper
{
    private const int RowsBetweenLooks = 0xFFF;

    // What lines after the data begin with when no blank line sets them apart.
    private static readonly string[] NoteStarts = ["*", "Kilde", "Source", "Anm", "Note", "Fodnote"];

    private readonly BoundFile file;
    private readonly TableBinding binding;
    private readonly ObservationSink sink;
    private readonly FaultList faults;
    private readonly NumberReader numbers;
    private readonly byte[][] hiddenMarkers;
    private readonly LabelCache<string> areas;
    private readonly LabelCache<Period> periods;
    private readonly LabelCache<string> indicators;
    private readonly LabelCache<ObservationStatus?> statuses;
    private readonly LabelCache<string>[] breakdowns;
    private readonly Dictionary<(string, string), string> joined = [];
    private readonly Dictionary<string, (string Unit, int Line)> units = new(StringComparer.Ordinal);
    private readonly ValueResolver resolver;
    private RowReader reader = null!;
    private string lastArea = string.Empty;
    private readonly string[] lastBreakdowns;
    private int line;
    private long rows;
    private long cells;
    private long skipped;

    public RowMapper(BoundFile file, ValueResolver resolver, ObservationSink sink, FaultList faults)
    {
        (this.file, binding, this.resolver, this.sink, this.faults) = (file, file.Binding, resolver, sink, faults);
        numbers = new NumberReader(file);
        hiddenMarkers = [.. binding.Table.HiddenMarkers.Select(Encoding.UTF8.GetBytes)];
        areas = new LabelCache<string>(text => resolver.TryArea(text, out var code) ? (LabelOutcome.Known, code)
            : resolver.IsIgnoredArea(text) ? (LabelOutcome.Skipped, code) : (LabelOutcome.Unknown, code));
        periods = new LabelCache<Period>(text => ValueResolver.TryPeriod(text, out var period) ? (LabelOutcome.Known, period) : (LabelOutcome.Unknown, default));
        indicators = new LabelCache<string>(text => file.Names.FindIndicator(text) is { } id ? (LabelOutcome.Known, id) : (LabelOutcome.Unknown, string.Empty));
        statuses = new LabelCache<ObservationStatus?>(ResolveStatus);
        breakdowns = [.. binding.Breakdowns.Select(bound => new LabelCache<string>(text => ResolveBreakdown(bound.Dimension, text)))];
        lastBreakdowns = [.. breakdowns.Select(_ => string.Empty)];
    }

    /// <summary>Reads the whole file and gives each cell to the sink. Faults are added to the list; with any, what was given counts for nothing.</summary>
    /// <exception cref="InputException">There are as many faults as are kept.</exception>
    public ImportedFile Map(CancellationToken cancellationToken)
    {
        using (reader = file.Layout.Open())
        {
            for (var i = 0; i < binding.HeaderRows && reader.Read(); i++)
            {
            }

            ReadRows(cancellationToken);
            faults.TakeFrom(reader);
        }

        if (rows == 0 && faults.IsEmpty)
        {
            faults.Add(new InputProblem(Texts.NoRows, file.File.Name));
        }

        return new ImportedFile(
            file.File.Name, file.Layout.Description, file.Scan.EncodingName, file.Layout.Delimiter, numbers.Style, rows, cells, skipped, binding.Absent);
    }

    private void ReadRows(CancellationToken cancellationToken)
    {
        var (columns, afterBlank, note) = (binding.Columns.Count, false, (Line: 0, Text: string.Empty));
        var mayHaveNotes = reader.Heads is null && columns > 1;
        while (reader.Read())
        {
            if (reader.Faults.Count > 0)
            {
                faults.TakeFrom(reader);
            }

            if ((rows & RowsBetweenLooks) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            line = reader.Line;
            if (reader.FieldCount != columns || reader.Field(0).IsEmpty)
            {
                if (IsEmptyFrom(0))
                {
                    afterBlank = true;
                    continue;
                }
            }

            if (mayHaveNotes && reader.Field(1).IsEmpty && IsEmptyFrom(1) && (afterBlank || note.Line > 0 || IsNoteStart()))
            {
                note = note.Line > 0 ? note : (line, Text(0));
                continue;
            }

            if (note.Line > 0)
            {
                faults.Add(new InputProblem(Texts.RaggedRow, file.File.Name, note.Line, Found: note.Text, Expected: CellCount(columns)));
                note = default;
            }

            if (reader.FieldCount < columns || (reader.FieldCount > columns && !IsEmptyFrom(columns)))
            {
                faults.Add(new InputProblem(Texts.RaggedRow, file.File.Name, line, Found: CellCount(reader.FieldCount), Expected: CellCount(columns)));
                continue;
            }

            rows++;
            MapRow();
        }
    }

    private void MapRow()
    {
        foreach (var column in binding.Nameless)
        {
            if (!CellText.Trim(reader.Field(column)).IsEmpty)
            {
                Report(Texts.ColumnNameless, column, null);
            }
        }

        var (areaOutcome, area) = FindArea();
        var (periodOutcome, period) = binding.Period < 0 ? (LabelOutcome.Known, default) : Find(periods, binding.Period);
        var (indicatorOutcome, indicator) = binding.Indicator < 0 ? (LabelOutcome.Known, string.Empty) : Find(indicators, binding.Indicator);
        if (areaOutcome == LabelOutcome.Skipped)
        {
            skipped++;
            return;
        }

        if (!TryBreakdown(out var breakdown) || areaOutcome != LabelOutcome.Known || periodOutcome != LabelOutcome.Known || indicatorOutcome != LabelOutcome.Known)
        {
            return;
        }

        if (binding.Unit >= 0)
        {
            CheckUnit(indicator);
        }

        foreach (var value in binding.Values)
        {
            MapCell(area, value.Period ?? period, value.Indicator ?? indicator, breakdown, value.Column);
        }
    }

    private void MapCell(string area, Period period, string indicator, string breakdown, int column)
    {
        var field = reader.Field(column);
        var text = CellText.Trim(field);
        ObservationStatus? stated = null;
        if (binding.Status >= 0)
        {
            var (outcome, found) = Find(statuses, binding.Status);
            if (outcome != LabelOutcome.Known)
            {
                return;
            }

            stated = found;
        }

        cells++;
        if (stated is ObservationStatus.Missing or ObservationStatus.Suppressed)
        {
            sink(area, period, indicator, breakdown, null, stated.Value, RawOf(field), line);
            return;
        }

        if (CellText.IsMissing(text) || IsHidden(text))
        {
            if (stated is not null)
            {
                Report(Texts.StatusNeedsNumber, column, Texts.NumberExpected);
                return;
            }

            sink(area, period, indicator, breakdown, null, CellText.IsMissing(text) ? ObservationStatus.Missing : ObservationStatus.Suppressed, RawOf(field), line);
            return;
        }

        var kind = reader.KindOf(column);
        var value = 0.0;
        var number = kind is CellKind.Text or CellKind.Number ? numbers.Read(text, kind, out value) : NumberOutcome.NotANumber;
        if (number is not (NumberOutcome.Plain or NumberOutcome.Other))
        {
            ReportNumber(number, column);
            return;
        }

        if (stated == ObservationStatus.Zero && value != 0)
        {
            Report(Texts.StatusZeroNotZero, column, "0");
            return;
        }

        var status = stated ?? (value == 0 ? ObservationStatus.Zero : ObservationStatus.Ok);
        sink(area, period, indicator, breakdown, value, status, number == NumberOutcome.Plain ? null : RawOf(field), line);
    }

    private (LabelOutcome Outcome, string Code) FindArea()
    {
        if (binding.FillsDown && lastArea.Length > 0 && CellText.Trim(reader.Field(binding.Area)).IsEmpty)
        {
            return (LabelOutcome.Known, lastArea);
        }

        var found = Find(areas, binding.Area);
        lastArea = found.Outcome == LabelOutcome.Known ? found.Value : string.Empty;
        return found;
    }

    private bool TryBreakdown(out string breakdown)
    {
        breakdown = binding.Table.FixedBreakdown;
        for (var i = 0; i < breakdowns.Length; i++)
        {
            var column = binding.Breakdowns[i].Column;
            var isBlank = binding.FillsDown && lastBreakdowns[i].Length > 0 && CellText.Trim(reader.Field(column)).IsEmpty;
            var (outcome, part) = isBlank ? (LabelOutcome.Known, lastBreakdowns[i]) : Find(breakdowns[i], column);
            if (outcome != LabelOutcome.Known)
            {
                return false;
            }

            lastBreakdowns[i] = part;
            breakdown = breakdown.Length == 0 ? part : part.Length == 0 ? breakdown : Join(breakdown, part);
        }

        return true;
    }

    private string Join(string first, string second)
    {
        if (!joined.TryGetValue((first, second), out var both))
        {
            both = Breakdown.Of($"{first};{second}".Split(';').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
            joined.Add((first, second), both);
        }

        return both;
    }

    private (LabelOutcome Outcome, string Value) ResolveBreakdown(TableDimension dimension, string text) =>
        !resolver.TryBreakdown(dimension, text, out var value) ? (LabelOutcome.Unknown, string.Empty)
        : (LabelOutcome.Known, value.Length == 0 ? string.Empty : $"{dimension.Dimension}={value}");

    private static (LabelOutcome Outcome, ObservationStatus? Status) ResolveStatus(string text)
    {
        var key = Labels.Key(text);
        if (key.Length == 0)
        {
            return (LabelOutcome.Known, null);
        }

        foreach (var status in Enum.GetValues<ObservationStatus>())
        {
            if (string.Equals(key, status.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return (LabelOutcome.Known, status);
            }
        }

        return (LabelOutcome.Unknown, null);
    }

    private (LabelOutcome Outcome, T Value) Find<T>(LabelCache<T> cache, int column)
    {
        var found = cache.Find(reader.Field(column), out var isNew);
        if (found.Outcome == LabelOutcome.Unknown && isNew)
        {
            ReportLabel(column);
        }

        return found;
    }

    private void CheckUnit(string indicator)
    {
        var unit = Labels.Key(Text(binding.Unit));
        if (!units.TryGetValue(indicator, out var first))
        {
            units.Add(indicator, (unit, line));
        }
        else if (!string.Equals(first.Unit, unit, StringComparison.Ordinal))
        {
            Report(Texts.MixedUnits, binding.Unit, Texts.UnitAsInLine.With(first.Unit, first.Line));
        }
    }

    private void ReportLabel(int column)
    {
        var text = Text(column);
        if (reader.KindOf(column) == CellKind.FormulaError)
        {
            Report(Texts.FormulaError, column, null);
        }
        else if (column == binding.Area)
        {
            Report(Texts.AreaUnknown, column, Suggest(resolver.NearestArea(text), Texts.AreaExpected));
        }
        else if (column == binding.Period)
        {
            Report(ValueResolver.LooksLikePeriod(text.Trim()) ? Texts.PeriodImpossible : Texts.PeriodUnknown, column, Texts.PeriodExpected);
        }
        else if (column == binding.Indicator)
        {
            Report(Texts.IndicatorUnknown, column, Suggest(Labels.Nearest(text, file.Names.Indicators.Keys), Texts.IndicatorExpected));
        }
        else if (column == binding.Status)
        {
            Report(Texts.StatusUnknown, column, string.Join(", ", Enum.GetNames<ObservationStatus>().Select(name => name.ToLowerInvariant())));
        }
        else
        {
            var dimension = binding.Breakdowns.First(bound => bound.Column == column).Dimension;
            Report(Texts.BreakdownUnknown, column, Suggest(resolver.NearestBreakdown(dimension, text), string.Join(", ", dimension.Values.Keys.Take(8))));
        }
    }

    private void ReportNumber(NumberOutcome outcome, int column)
    {
        var (rule, expected) = reader.KindOf(column) == CellKind.FormulaError ? (Texts.FormulaError, Texts.NumberExpected) : outcome switch
        {
            NumberOutcome.TooLarge => (Texts.NumberTooLarge, Texts.NumberExpected),
            NumberOutcome.Ambiguous => (Texts.NumberAmbiguous, Texts.NumberAmbiguousExpected),
            NumberOutcome.OtherMark => (Texts.NumberOtherMark, numbers.Mark == DecimalMark.Comma ? Texts.CommaExpected : Texts.PointExpected),
            _ => (Texts.NotANumber, Texts.NumberExpected),
        };
        Report(rule, column, expected);
    }

    private void Report(string rule, int column, string? expected)
    {
        var place = reader.CellName(column) ?? (column < binding.Columns.Count ? binding.Columns[column] : null);
        faults.Add(new InputProblem(rule, file.File.Name, line, place, Text(column), string.IsNullOrEmpty(expected) ? null : expected));
    }

    private static string Suggest(string? nearest, string otherwise) => nearest is null ? otherwise : $"\"{nearest}\"?";

    private string Text(int column) => Encoding.UTF8.GetString(reader.Field(column));

    private static string? RawOf(ReadOnlySpan<byte> field) => field.IsEmpty ? null : Encoding.UTF8.GetString(field);

    private bool IsHidden(ReadOnlySpan<byte> text)
    {
        foreach (var marker in hiddenMarkers)
        {
            if (text.SequenceEqual(marker))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsEmptyFrom(int first)
    {
        for (var column = first; column < reader.FieldCount; column++)
        {
            if (!CellText.Trim(reader.Field(column)).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsNoteStart()
    {
        var text = Text(0).TrimStart();
        return NoteStarts.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase));
    }

    private static string CellCount(int count) => Texts.CellCount.With(count);
}
