using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using NodaTime;
using NodaTime.Text;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>The kinds of goal.</summary>
internal enum GoalKind
{
    /// <summary>A floor under the effort: offers and conversations (fokusmål).</summary>
    FocusGoal,

    /// <summary>A result: actual figures against expected ones (resultatmål).</summary>
    ResultGoal,
}

/// <summary>What a share of citizens is taken of.</summary>
internal enum GoalBase
{
    /// <summary>Every citizen in the target groups.</summary>
    AllCitizens,

    /// <summary>Citizens with a long course.</summary>
    LongCourses,
}

/// <summary>How "not offered at least one offer or four conversations" is read.</summary>
internal enum GoalReading
{
    /// <summary>Two goals, each with its own share: no offer; too few conversations.</summary>
    Separate,

    /// <summary>One goal, missed by who got neither.</summary>
    Neither,

    /// <summary>One goal, missed by who lacks at least one of them.</summary>
    Either,
}

/// <summary>What one share counts as missed.</summary>
internal enum GoalMeasure
{
    /// <summary>Too few offers.</summary>
    Offers,

    /// <summary>Too few conversations.</summary>
    Conversations,

    /// <summary>Both too few.</summary>
    Neither,

    /// <summary>At least one of them too few.</summary>
    Either,
}

/// <summary>A citizen in the window of a rule.</summary>
/// <param name="CourseWeeks">Weeks of the course.</param>
/// <param name="Offers">Offers made, whether taken up or not.</param>
/// <param name="Conversations">Conversations held.</param>
/// <param name="PaidHours">Whether there were paid hours of work.</param>
internal readonly record struct SupervisedCitizen(int CourseWeeks, int Offers, int Conversations, bool PaidHours);

/// <summary>How a citizen stands to a measure.</summary>
internal enum CitizenAnswer
{
    /// <summary>The rule lacks a parameter that decides it.</summary>
    Undecided,

    /// <summary>The course is not long: the goal is not about this citizen.</summary>
    Outside,

    /// <summary>The citizen got what the goal asks for.</summary>
    Met,

    /// <summary>The citizen did not.</summary>
    Missed,
}

/// <summary>One version of one of the state's goals. What is not known is <see langword="null"/>, and then there is no verdict.</summary>
internal sealed record SupervisionRule(
    string Id,
    LocalizedText Title,
    GoalKind Kind,
    bool IsExample,
    LocalDate? ValidFrom,
    LocalDate? ValidTo,
    int? MinimumOffers,
    int? MinimumConversations,
    int? LongCourseWeeks,
    int? WindowWeeks,
    double? LimitPercent,
    GoalBase? Base,
    GoalReading? Reading,
    string LegalSource)
{
    /// <summary>The parameters that no verdict can do without, with their names; those not known are <see langword="null"/>.</summary>
    public IReadOnlyList<(LocalizedText Name, object? Value)> Parameters => Kind == GoalKind.FocusGoal
        ?
        [
            (new("gyldig fra", "valid from"), ValidFrom),
            (new("mindste antal tilbud", "minimum of offers"), MinimumOffers),
            (new("mindste antal samtaler", "minimum of conversations"), MinimumConversations),
            (new("længerevarende forløb (uger)", "long course (weeks)"), LongCourseWeeks),
            (new("opgørelsesvindue (uger)", "window (weeks)"), WindowWeeks),
            (new("grænse (pct.)", "limit (per cent)"), LimitPercent),
            (new("hvad andelen regnes af", "what the share is of"), Base),
            (new("læsning af \"eller\"", "reading of \"or\""), Reading),
            (new("retskilde", "legal source"), LegalSource.Length > 0 ? LegalSource : null),
        ]
        :
        [
            (new("gyldig fra", "valid from"), ValidFrom),
            (new("grænse (procentpoint over det forventede)", "limit (percentage points above the expected)"), LimitPercent),
            (new("retskilde", "legal source"), LegalSource.Length > 0 ? LegalSource : null),
        ];

    /// <summary>Names of the parameters that are not known.</summary>
    public IReadOnlyList<LocalizedText> Missing => [.. Parameters.Where(parameter => parameter.Value is null).Select(parameter => parameter.Name)];

    /// <summary>The shares that the rule judges; empty when the reading is not known, and for a result goal.</summary>
    public IReadOnlyList<GoalMeasure> Measures => Reading switch
    {
        GoalReading.Separate => [GoalMeasure.Offers, GoalMeasure.Conversations],
        GoalReading.Neither => [GoalMeasure.Neither],
        GoalReading.Either => [GoalMeasure.Either],
        _ => [],
    };

    /// <summary>Whether the rule holds on the last day of a period. A rule whose first day is not known is taken to hold, so that it is shown with what it lacks.</summary>
    public bool HoldsAt(Period period) => !(ValidFrom > period.LastDay) && !(ValidTo < period.LastDay);

    /// <summary>How one citizen stands to one measure. Paid hours do not count: that is the rule.</summary>
    public CitizenAnswer Judge(SupervisedCitizen citizen, GoalMeasure measure) => LongCourseWeeks is { } weeks && MinimumOffers is { } offers && MinimumConversations is { } conversations
        ? citizen.CourseWeeks < weeks ? CitizenAnswer.Outside
        : Misses(measure, citizen.Offers < offers, citizen.Conversations < conversations) ? CitizenAnswer.Missed
        : CitizenAnswer.Met
        : CitizenAnswer.Undecided;

    /// <summary>Whether a measure counts as missed.</summary>
    public static bool Misses(GoalMeasure measure, bool lacksOffers, bool lacksConversations) => measure switch
    {
        GoalMeasure.Offers => lacksOffers,
        GoalMeasure.Conversations => lacksConversations,
        GoalMeasure.Neither => lacksOffers && lacksConversations,
        _ => lacksOffers || lacksConversations,
    };

    /// <summary>The rules of a definition.</summary>
    /// <exception cref="InputException">A value cannot be read, an id is missing, or two versions of a rule hold on the same day.</exception>
    public static IReadOnlyList<SupervisionRule> Of(MeasurementSpec spec)
    {
        var problems = new List<InputProblem>();
        var rules = spec.Rules.Select((values, place) => new RuleReader(spec.Id, place, values, problems).Read()).ToList();
        foreach (var (first, second) in rules.SelectMany((rule, place) => rules.Skip(place + 1).Where(other => other.Id == rule.Id).Select(other => (rule, other))))
        {
            if (!(first.ValidTo < second.ValidFrom) && !(second.ValidTo < first.ValidFrom))
            {
                problems.Add(new InputProblem(Texts.RuleVersionsOverlap, $"definitions/measurements/{spec.Id}.yaml", Found: first.Id));
            }
        }

        return problems.Count == 0 ? rules : throw new InputException(problems);
    }

    /// <summary>Reads one rule; an empty text is a parameter that is not known.</summary>
    private sealed class RuleReader(string file, int place, IReadOnlyDictionary<string, string> values, List<InputProblem> problems)
    {
        public SupervisionRule Read()
        {
            var id = Text("id");
            if (id.Length == 0)
            {
                Wrong("id", id, Texts.ExpectedText);
            }

            return new SupervisionRule(
                id, new(Text("title_da"), Text("title_en")), Choice<GoalKind>("kind", required: true) ?? GoalKind.FocusGoal, Text("assumed") == "yes",
                Date("valid_from"), Date("valid_to"), Whole("minimum_offers"), Whole("minimum_conversations"), Whole("long_course_weeks"), Whole("window_weeks"),
                Limit(), Choice<GoalBase>("denominator"), Choice<GoalReading>("reading"), Text("legal_source"));
        }

        private string Text(string name) => values.GetValueOrDefault(name, string.Empty).Trim();

        private int? Whole(string name) => Text(name) is { Length: > 0 } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong<int>(name, text, Texts.ExpectedWholeNumber)
            : null;

        private double? Limit() => Text("limit_pct") is { Length: > 0 } text
            ? double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 100 ? number : Wrong<double>("limit_pct", text, Texts.ExpectedPerCent)
            : null;

        private LocalDate? Date(string name) => Text(name) is { Length: > 0 } text
            ? LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? date : Wrong<LocalDate>(name, text, Texts.ExpectedIsoDate)
            : null;

        private T? Choice<T>(string name, bool required = false)
            where T : struct, Enum
        {
            var text = Text(name);
            return Enum.GetValues<T>().Where(value => Name(value) == text).Select(value => (T?)value).FirstOrDefault()
                ?? (text.Length > 0 || required ? Wrong<T>(name, text, string.Join(", ", Enum.GetValues<T>().Select(Name))) : null);
        }

        /// <summary>The name as it is written in definitions: <c>all-citizens</c>.</summary>
        private static string Name<T>(T value)
            where T : struct, Enum => string.Concat(value.ToString().Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

        private T? Wrong<T>(string name, string text, string expected)
            where T : struct
        {
            Wrong(name, text, expected);
            return null;
        }

        private void Wrong(string name, string text, string expected) =>
            problems.Add(new InputProblem(Texts.RuleValueWrong.With(place + 1), $"definitions/measurements/{file}.yaml", Column: name, Found: text, Expected: expected));
    }
}
