using System.Globalization;
using System.Text.RegularExpressions;
using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Methods;

/// <summary>Rates and proportions with their intervals, one row a unit.</summary>
internal static partial class RateMethods
{
    private const double PerHundredThousand = 1e5;

    private static readonly Parameter[] Roles =
    [
        Named("numerator"), Named("denominator"), Take.Text("multiplier", "multiplier"), Named("group", "area"), Take.Numbers("confidence", "0.95,0.998"),
        Take.Text("reference"), Take.Choice("polarity", "not-judged", "higher-is-better", "lower-is-better"),
    ];

    private delegate Interval LimitsOf(double events, double size, double confidence);

    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "phe-byars-wilson",
            "rates-and-funnels",
            [Named("kind", "method"), Named("x"), Named("n"), Named("confidence_column", "confidence")],
            "--input docs/examples/limits.csv --kind kind --x events --n persons",
            Limits),
        new(
            "phe-proportion",
            "rates-and-funnels",
            [.. Roles, Take.Choice("interval", "wilson", "clopper-pearson")],
            "--input docs/examples/exits.csv --group jobcentre --numerator left --denominator persons --multiplier 100 --reference all --polarity higher-is-better",
            Proportions),
        new(
            "phe-rate",
            "rates-and-funnels",
            [.. Roles, Take.Choice("interval", "phe", "byar", "exact")],
            "--input docs/examples/exits.csv --group jobcentre --numerator left --denominator persons --multiplier 1000 --reference all",
            Rates),
    ];

    /// <summary>A column that has its usual name unless another is given.</summary>
    public static Parameter Named(string name, string? usual = null) => Take.Column(name, required: false) with { Default = usual ?? name };

    /// <summary>The column's numbers, NaN where empty.</summary>
    public static double[] Read(MethodInput input, string name, string? usual = null) => input.NumbersOrMissing(input.Text(name, usual ?? name));

    /// <summary>The ending of quantities at a confidence: <c>95</c>, <c>998</c>.</summary>
    public static string Ending(double confidence) => confidence.ToString("0.00##########", CultureInfo.InvariantCulture)["0.".Length..];

    /// <summary>Levels of confidence: those asked for by name, or the option.</summary>
    public static double[] Levels(MethodInput input)
    {
        var asked = input.Wanted.Select(name => LimitName().Match(name)).Where(match => match.Success)
            .Select(match => double.Parse("0." + match.Groups["digits"].Value.Replace("_", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture)).Distinct().Order().ToArray();
        var levels = asked.Length > 0 ? asked : input.NumberList("confidence", 0.95, 0.998);
        return Array.TrueForAll(levels, level => level is > 0 and < 1) ? levels : throw input.Wrong("confidence", Refusal.Say(Requirement.Between, 0, 1));
    }

    private static Quantities Limits(MethodInput input)
    {
        var kinds = Array.ConvertAll(input.Cells(input.Text("kind", "method")), kind => kind.ToLowerInvariant());
        var (x, confidence) = (Read(input, "x"), Read(input, "confidence_column", "confidence"));
        var n = Array.Exists(kinds, kind => kind != "byars") ? Read(input, "n") : [];
        var result = input.Start();
        var (limits, exact) = (new Interval[kinds.Length], new Interval[kinds.Length]);
        var missing = new Interval(double.NaN, double.NaN);
        for (var i = 0; i < kinds.Length; i++)
        {
            var isCount = kinds[i] switch
            {
                "byars" or "byar" => true,
                "wilson" => false,
                _ => throw new InputException(new InputProblem(Texts.ParameterWrong.With("kind"), null, input.Line(i), Found: kinds[i], Expected: "Byars, Wilson")),
            };
            var isMissing = double.IsNaN(x[i]) || double.IsNaN(confidence[i]) || (!isCount && double.IsNaN(n[i]));
            limits[i] = isMissing ? missing : isCount ? PoissonCount.Byar(x[i], confidence[i]) : Wilson.Interval(x[i], n[i], confidence[i]);
            exact[i] = isMissing || !isCount ? missing : PoissonCount.Exact(x[i], confidence[i]);
        }

        // Cases hold the values of the package's own test file beside those of double precision.
        foreach (var prefix in (string[])["", "published_"])
        {
            result[prefix + "lower"] = limits.Select(limit => limit.Lower).ToArray();
            result[prefix + "upper"] = limits.Select(limit => limit.Upper).ToArray();
        }

        result["exact_poisson_lower"] = exact.Select(limit => limit.Lower).ToArray();
        result["exact_poisson_upper"] = exact.Select(limit => limit.Upper).ToArray();
        return result;
    }

    private static Quantities Proportions(MethodInput input)
    {
        LimitsOf limits = input.Choice("interval", "wilson", "clopper-pearson") == "wilson" ? Wilson.Interval : ClopperPearson.Interval;
        return Tables(input, 1, limits, null);
    }

    private static Quantities Rates(MethodInput input)
    {
        var kind = input.Choice("interval", "phe", "byar", "exact");
        bool IsExact(double events) => kind == "exact" || (kind == "phe" && events < PoissonCount.ByarFrom);
        return Tables(input, PerHundredThousand, Of, events => IsExact(events) ? "Exact" : "Byars");

        Interval Of(double events, double size, double confidence) => (IsExact(events) ? PoissonCount.Exact(events, confidence) : PoissonCount.Byar(events, confidence))
            .Times(size > 0 ? 1 / size : throw new InvalidValueException("denominator", 0, 0, size, Requirement.AboveZero));
    }

    private static Quantities Tables(MethodInput input, double usual, LimitsOf limits, Func<double, string>? method)
    {
        var (events, sizes) = (Read(input, "numerator"), Read(input, "denominator"));
        var multipliers = Multipliers(input, usual);
        var rows = Table(input, events, sizes, multipliers, limits, method);
        var result = new Quantities { ["n"] = input.Rows };
        var groups = input.Text("group", "area");
        if (input.Wanted.Count == 0 && input.IsColumn(groups))
        {
            result[groups] = input.Cells(groups);
        }

        // Cases hold the values of the package's own test file beside those of double precision.
        result["rows"] = rows;
        if (input.Wants(name => name.StartsWith("published.", StringComparison.Ordinal)))
        {
            result["published"] = rows;
        }

        foreach (var name in input.Wanted.Select(name => name.Split('.')[0]).Distinct().Where(name => Grouped().IsMatch(name)))
        {
            result[name] = Sums(input, Grouped().Match(name), events, sizes, usual, limits, method);
        }

        return result;
    }

    private static double[] Multipliers(MethodInput input, double usual)
    {
        var text = input.Text("multiplier", "multiplier");
        return input.IsColumn(text) ? input.NumbersOrMissing(text)
            : Filled(input.Rows, input.Has("multiplier") ? input.Positive("multiplier") : usual);
    }

    private static double[] Filled(int count, double value) => [.. Enumerable.Repeat(value, count)];

    /// <summary>Rows summed by a column first: <c>grouped_by_area_rows_1_16_per_100000</c>.</summary>
    private static Quantities Sums(MethodInput input, Match name, double[] events, double[] sizes, double usual, LimitsOf limits, Func<double, string>? method)
    {
        var column = name.Groups["column"].Value;
        var (first, last) = (Whole(name.Groups["first"], 1), Whole(name.Groups["last"], input.Rows));
        var multiplier = name.Groups["per"].Success ? double.Parse(name.Groups["per"].Value, CultureInfo.InvariantCulture) : usual;
        var chosen = Enumerable.Range(0, input.Rows).Where(row => row + 1 >= first && row + 1 <= last).ToArray();
        var cells = input.Cells(column == "area" ? input.Text("group", "area") : column);
        var (labels, codes) = MethodInput.Coded(Array.ConvertAll(chosen, row => cells[row]));
        var (sums, totals) = (new double[labels.Length], new double[labels.Length]);
        for (var i = 0; i < chosen.Length; i++)
        {
            sums[codes[i]] += events[chosen[i]];
            totals[codes[i]] += sizes[chosen[i]];
        }

        var result = new Quantities { [column] = labels, ["numerator"] = sums, ["denominator"] = totals };
        foreach (var (key, value) in Table(input, sums, totals, Filled(labels.Length, multiplier), limits, method))
        {
            result[key] = value;
        }

        return result;
    }

    private static Quantities Table(MethodInput input, double[] events, double[] sizes, double[] multipliers, LimitsOf limits, Func<double, string>? method)
    {
        var levels = Levels(input);
        var result = new Quantities { ["value"] = events.Select((count, i) => count / sizes[i] * multipliers[i]).ToArray() };
        var intervals = Array.ConvertAll(levels, level => events.Select((count, i) => Missing(count, sizes[i]) ? new Interval(double.NaN, double.NaN) : limits(count, sizes[i], level).Times(multipliers[i])).ToArray());
        for (var level = 0; level < levels.Length; level++)
        {
            result["lower" + Ending(levels[level])] = Array.ConvertAll(intervals[level], interval => interval.Lower);
            result["upper" + Ending(levels[level])] = Array.ConvertAll(intervals[level], interval => interval.Upper);
        }

        if (method is not null)
        {
            result["method"] = events.Select(count => double.IsNaN(count) ? null : method(count)).ToArray();
        }

        if (input.Has("reference"))
        {
            result["comparison"] = Compared(input, events, sizes, multipliers, intervals);
        }

        return result;
    }

    private static bool Missing(double events, double size) => double.IsNaN(events) || double.IsNaN(size);

    /// <summary>Classes against a value, or against all rows together.</summary>
    private static string[] Compared(MethodInput input, double[] events, double[] sizes, double[] multipliers, Interval[][] intervals)
    {
        if (intervals.Length != 2 || Levels(input) is [var narrow, var wide] && narrow > wide)
        {
            throw input.Wrong("confidence", "0.95,0.998");
        }

        var polarity = input.Choice("polarity", "not-judged", "higher-is-better", "lower-is-better") switch
        {
            "higher-is-better" => Polarity.HigherIsBetter,
            "lower-is-better" => Polarity.LowerIsBetter,
            _ => Polarity.NotJudged,
        };
        var known = Enumerable.Range(0, events.Length).Where(i => !Missing(events[i], sizes[i])).ToArray();
        var all = known.Sum(i => events[i]) / known.Sum(i => sizes[i]);
        return [.. events.Select((_, i) => Label(ReferenceComparison.Classify(
            intervals[0][i], intervals[1][i], input.Text("reference") == "all" ? all * multipliers[i] : input.Number("reference"), polarity)))];
    }

    /// <summary><c>MuchBetter</c> as <c>much better</c>.</summary>
    private static string Label(ComparisonClass of) => Capital().Replace(of.ToString(), " $0").ToLowerInvariant();

    private static int Whole(Group digits, int otherwise) => digits.Success ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : otherwise;

    [GeneratedRegex(@"(^|\.)(lower|upper)_?(?<digits>[0-9]+(_[0-9]+)?)(cl)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LimitName();

    [GeneratedRegex(@"^grouped_by_(?<column>.+?)(_rows_(?<first>\d+)_(?<last>\d+))?(_per_(?<per>\d+))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouped();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Capital();
}
