using Fikspunkt.Domain;
using Fikspunkt.Sources.Files;

namespace Fikspunkt.Sources.Mapping;

/// <summary>What came of binding one row as the header of one table.</summary>
/// <param name="Binding">The binding, when nothing is wrong.</param>
/// <param name="Problems">What is wrong otherwise.</param>
/// <param name="Score">How many columns were known.</param>
internal sealed record BindingAttempt(TableBinding? Binding, IReadOnlyList<InputProblem> Problems, int Score);

/// <summary>Binds one row (and the one above it) as the header of a table.</summary>
internal sealed class HeaderBinder
{
    private readonly TableNames names;
    private readonly ValueResolver resolver;
    private readonly string file;
    private readonly IReadOnlyList<HeadRow> rows;
    private readonly int at;
    private readonly bool isApi;
    private readonly IReadOnlyList<ColumnHead> heads;
    private readonly IReadOnlyList<string> above;
    private readonly HeadRow? below;
    private readonly ColumnMeaning?[] meanings;
    private readonly Period?[] periods;
    private readonly List<InputProblem> problems = [];
    private readonly List<int> nameless = [];
    private int score;

    private HeaderBinder(TableNames names, ValueResolver resolver, string file, IReadOnlyList<HeadRow> rows, int at, IReadOnlyList<ColumnHead>? heads)
    {
        this.names = names;
        this.resolver = resolver;
        this.file = file;
        this.rows = rows;
        this.at = at;
        isApi = heads is not null;
        var cells = heads ?? [.. rows[at].Cells.Select(cell => new ColumnHead(cell))];
        var used = cells.Count;
        while (heads is null && used > 0 && cells[used - 1].Name.Length == 0 && IsEmptyBelow(used - 1))
        {
            used--;
        }

        this.heads = [.. cells.Take(used)];
        above = heads is null && at > 0 ? FillRight(rows[at - 1], used) : [];
        below = rows.Skip(at + 1).FirstOrDefault(row => !row.IsBlank);
        meanings = new ColumnMeaning?[used];
        periods = new Period?[used];
    }

    /// <summary>Tries row <paramref name="at"/> as the header, or <paramref name="heads"/> where the form names the columns outside its rows (<paramref name="at"/> is then -1).</summary>
    public static BindingAttempt Try(TableNames names, ValueResolver resolver, string file, IReadOnlyList<HeadRow> rows, int at, IReadOnlyList<ColumnHead>? heads)
    {
        var binder = new HeaderBinder(names, resolver, file, rows, at, heads);
        var binding = binder.Bind();
        return new BindingAttempt(binder.problems.Count == 0 ? binding : null, binder.problems, binder.score);
    }

    private int? Line => isApi ? null : rows[at].Line;

    private TableBinding? Bind()
    {
        for (var column = 0; column < heads.Count; column++)
        {
            meanings[column] = names.Find(heads[column].Name) ?? names.Find(heads[column].Label ?? string.Empty);
            score += meanings[column] is null ? 0 : 1;
        }

        var hasPeriodColumn = Where(ColumnRole.Period).Any();
        if (!hasPeriodColumn)
        {
            FindPeriodHeads();
        }

        FindStubs();
        ReportUnknown();
        ReportDuplicates();
        var area = Single(ColumnRole.Area);
        var period = Single(ColumnRole.Period);
        if (area < 0)
        {
            ReportMissing(names.Table.Dimensions.Where(dimension => dimension.Role == DimensionRole.Area).SelectMany(dimension => dimension.Names));
        }

        if (period < 0 && periods.All(found => found is null))
        {
            ReportMissing(names.Table.Dimensions.Where(dimension => dimension.Role == DimensionRole.Period).SelectMany(dimension => dimension.Names));
        }

        var absent = new List<string>();
        foreach (var dimension in names.Table.Dimensions.Where(dimension => dimension.Role == DimensionRole.Breakdown && !meanings.Any(found => found?.Dimension == dimension)))
        {
            // Both sources leave out a dimension that was not asked for, and give its total.
            if (dimension.Values.Values.Any(value => value.Length == 0))
            {
                absent.Add(dimension.Names[0]);
            }
            else
            {
                ReportMissing(dimension.Names);
            }
        }

        var values = BindValues(absent);
        return problems.Count > 0 ? null : new TableBinding
        {
            Table = names.Table,
            Columns = [.. heads.Select((head, i) => head.Name.Length > 0 ? head.Name : (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))],
            HeaderRows = at + 1,
            HasTitles = !isApi && rows.Take(at).Any(row => !row.IsBlank),
            Area = area,
            Period = period,
            Breakdowns = [.. Where(ColumnRole.Breakdown).Select(column => (column, meanings[column]!.Dimension!))],
            Indicator = Single(ColumnRole.Indicator),
            Status = Single(ColumnRole.Status),
            Unit = Single(ColumnRole.Unit),
            Values = values,
            Nameless = nameless,
            Absent = absent,
        };
    }

    private List<ValueColumn> BindValues(List<string> absent)
    {
        var indicatorColumn = Single(ColumnRole.Indicator);
        var values = new List<ValueColumn>();
        if (periods.Any(period => period is not null))
        {
            for (var column = 0; column < heads.Count; column++)
            {
                if (periods[column] is { } period)
                {
                    values.Add(new ValueColumn(column, indicatorColumn >= 0 ? null : MeasureOf(column), period));
                }
            }

            if (indicatorColumn < 0 && values.Any(value => value.Indicator is null))
            {
                Report(Texts.MeasureUnclear, null, null, List(names.Table.Measures.Select(measure => measure.Names[0])));
            }

            return values;
        }

        if (indicatorColumn >= 0 || (Single(ColumnRole.Value) >= 0 && !Where(ColumnRole.Measure).Any()))
        {
            var column = Single(ColumnRole.Value);
            var only = indicatorColumn < 0 ? OnlyMeasure() : null;
            if (column < 0)
            {
                ReportMissing(names.Table.Tidy?.Value ?? ["value"]);
            }
            else if (indicatorColumn < 0 && only is null)
            {
                ReportMissing(names.Table.Tidy?.Indicator ?? ["indicator"]);
            }

            return [new ValueColumn(column, only, null)];
        }

        var measures = Where(ColumnRole.Measure).ToList();
        values.AddRange(measures.Select(column => new ValueColumn(column, meanings[column]!.Id, null)));
        var missing = names.Table.Measures.Where(measure => measures.All(column => meanings[column]!.Id != measure.Indicator)).ToList();
        foreach (var measure in missing)
        {
            // A reader's export and an API answer hold the measures that were chosen; a plain file holds its table.
            if (measures.Count > 0 && (isApi || at > 0))
            {
                absent.Add(measure.Names[0]);
            }
            else
            {
                ReportMissing(measure.Names);
            }
        }

        if (values.Count == 0 && missing.Count == 0)
        {
            ReportMissing(names.Table.Tidy?.Indicator ?? ["indicator"]);
        }

        return values;
    }

    // Periods in this row, or above measures in this row.
    private void FindPeriodHeads()
    {
        for (var column = 0; column < heads.Count; column++)
        {
            if (meanings[column] is null && ValueResolver.TryPeriod(heads[column].Name, out var own))
            {
                periods[column] = own;
            }
            else if (meanings[column] is { Role: ColumnRole.Measure or ColumnRole.Value } && column < above.Count && ValueResolver.TryPeriod(above[column], out var over))
            {
                periods[column] = over;
            }

            score += periods[column] is null ? 0 : 1;
        }
    }

    // Exports with the period in columns often leave the stub columns without a name: the first row of data tells what they are.
    private void FindStubs()
    {
        for (var column = 0; column < heads.Count; column++)
        {
            if (heads[column].Name.Length > 0)
            {
                continue;
            }

            var sample = below is not null && column < below.Cells.Count ? below.Cells[column] : string.Empty;
            if (periods.Any(period => period is not null) && sample.Length > 0)
            {
                meanings[column] = StubMeaning(sample);
            }

            if (meanings[column] is null)
            {
                nameless.Add(column);
            }
            else
            {
                score++;
            }
        }
    }

    private ColumnMeaning? StubMeaning(string sample)
    {
        if (Single(ColumnRole.Area) < 0 && (resolver.TryArea(sample, out _) || resolver.IsIgnoredArea(sample)))
        {
            return new ColumnMeaning(ColumnRole.Area, string.Empty);
        }

        foreach (var dimension in names.Table.Dimensions.Where(dimension => dimension.Role == DimensionRole.Breakdown))
        {
            if (!meanings.Any(found => found?.Dimension == dimension) && resolver.TryBreakdown(dimension, sample, out _))
            {
                return new ColumnMeaning(ColumnRole.Breakdown, dimension.Dimension ?? string.Empty, dimension);
            }
        }

        return names.FindIndicator(sample) is not null && Single(ColumnRole.Indicator) < 0 ? new ColumnMeaning(ColumnRole.Indicator, string.Empty) : null;
    }

    private string? MeasureOf(int column)
    {
        if (meanings[column] is { Role: ColumnRole.Measure } own)
        {
            return own.Id;
        }

        return (column < above.Count ? names.FindIndicator(above[column]) : null) ?? OnlyMeasure() ?? TitledMeasure();
    }

    private string? OnlyMeasure() => names.Table.Measures.Count == 1 ? names.Table.Measures[0].Indicator : null;

    // The measure whose name stands in a title line; the longest name wins, for one label may be part of another.
    private string? TitledMeasure()
    {
        const int ShortestTellingName = 6;
        var titles = rows.Take(Math.Max(at, 0)).SelectMany(row => row.Cells).Where(cell => cell.Length > 0).Select(Labels.Key).ToList();
        return names.Indicators
            .Where(name => name.Key.Length >= ShortestTellingName && titles.Any(title => title.Contains(name.Key, StringComparison.Ordinal)))
            .OrderByDescending(name => name.Key.Length).ThenBy(name => name.Key, StringComparer.Ordinal)
            .Select(name => name.Value).FirstOrDefault();
    }

    private void ReportUnknown()
    {
        for (var column = 0; column < heads.Count; column++)
        {
            var name = heads[column].Name;
            if (meanings[column] is not null || periods[column] is not null || name.Length == 0)
            {
                continue;
            }

            if (ValueResolver.LooksLikePeriod(name))
            {
                Report(Texts.PeriodImpossible, name, name, Texts.PeriodExpected);
                continue;
            }

            var nearest = Labels.Nearest(name, names.Columns);
            Report(UnitDiffers(name) ? Texts.MixedUnits : Texts.ColumnUnknown, name, name, nearest is null ? List(names.Columns.Take(12)) : Quote(nearest));
        }
    }

    // "Forventet andel (promille)" where the table says "Forventet andel (pct.)".
    private bool UnitDiffers(string name)
    {
        var open = name.LastIndexOf('(');
        if (open <= 0 || !name.EndsWith(')'))
        {
            return false;
        }

        var key = Labels.Key(name[..open]) + " (";
        return names.Columns.Any(known => known.StartsWith(key, StringComparison.Ordinal));
    }

    private void ReportDuplicates()
    {
        var seen = new Dictionary<(ColumnRole, string, Period?), int>();
        for (var column = 0; column < heads.Count; column++)
        {
            if (meanings[column] is not { } meaning || meaning.Role == ColumnRole.Ignored)
            {
                if (periods[column] is { } period && !seen.TryAdd((ColumnRole.Measure, column < above.Count ? Labels.Key(above[column]) : string.Empty, period), column))
                {
                    Report(Texts.ColumnTwice, heads[column].Name, heads[column].Name, null);
                }
            }
            else if (!seen.TryAdd((meaning.Role, meaning.Id, periods[column]), column))
            {
                Report(Texts.ColumnTwice, heads[column].Name, heads[column].Name, null);
            }
        }
    }

    private void ReportMissing(IEnumerable<string> known) => Report(Texts.ColumnMissing, null, null, List(known.Take(4)));

    private void Report(string rule, string? column, string? found, string? expected) => problems.Add(new InputProblem(rule, file, Line, column, found, expected));

    private bool IsEmptyBelow(int column) => rows.Skip(at + 1).All(row => column >= row.Cells.Count || row.Cells[column].Length == 0);

    private IEnumerable<int> Where(ColumnRole role) => Enumerable.Range(0, meanings.Length).Where(column => meanings[column]?.Role == role);

    private int Single(ColumnRole role) => Where(role).DefaultIfEmpty(-1).First();

    private static string[] FillRight(HeadRow row, int count)
    {
        var filled = new string[count];
        var last = string.Empty;
        for (var i = 0; i < count; i++)
        {
            var own = i < row.Cells.Count ? row.Cells[i] : string.Empty;
            last = own.Length > 0 ? own : last;
            filled[i] = last;
        }

        return filled;
    }

    private static string Quote(string text) => $"\"{text}\"";

    private static string List(IEnumerable<string> texts) => string.Join(Texts.Or, texts.Select(Quote));
}
