using Fikspunkt.Benchmarks.Measurements.Supervision;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Tests.Measurements.Supervision;

/// <summary>A goal for a single citizen and on counts. Scenarios 1, 2 and 4 of the thesis of 2023 (Arildskov), section 5.1 of its extraction.</summary>
public sealed class SupervisionRuleTests
{
    private static readonly MeasurementSpec Shipped = SyntheticInput.Definitions.Measurements["state-supervision"];
    private static readonly SupervisionRule Rule = Example();

    [Theory]
    [InlineData(0, 4, "Missed", "Met")]
    [InlineData(1, 3, "Met", "Missed")]
    [InlineData(1, 4, "Met", "Met")]
    [InlineData(0, 3, "Missed", "Missed")]
    [InlineData(7, 40, "Met", "Met")]
    public void Judge_LongCourse_TwoSeparateGoals(int offers, int conversations, string ofOffers, string ofConversations)
    {
        Rule.Measures.ShouldBe([GoalMeasure.Offers, GoalMeasure.Conversations]);
        var citizen = new SupervisedCitizen(26, offers, conversations, PaidHours: false);
        Rule.Judge(citizen, GoalMeasure.Offers).ToString().ShouldBe(ofOffers);
        Rule.Judge(citizen, GoalMeasure.Conversations).ToString().ShouldBe(ofConversations);
    }

    [Theory]
    [InlineData(0, 4, "Met", "Missed")]
    [InlineData(1, 3, "Met", "Missed")]
    [InlineData(0, 3, "Missed", "Missed")]
    [InlineData(1, 4, "Met", "Met")]
    public void Judge_OneGoal_TheReadingsDiffer(int offers, int conversations, string neither, string either)
    {
        var citizen = new SupervisedCitizen(30, offers, conversations, PaidHours: false);
        Example("reading", "neither").Measures.ShouldBe([GoalMeasure.Neither]);
        Example("reading", "either").Measures.ShouldBe([GoalMeasure.Either]);
        Rule.Judge(citizen, GoalMeasure.Neither).ToString().ShouldBe(neither);
        Rule.Judge(citizen, GoalMeasure.Either).ToString().ShouldBe(either);
    }

    [Fact]
    public void Judge_ShortCourse_IsOutsideTheGoal() =>
        Rule.Judge(new SupervisedCitizen(25, 0, 0, PaidHours: false), GoalMeasure.Offers).ShouldBe(CitizenAnswer.Outside);

    [Fact]
    public void Judge_PartlyFitInPaidHours_DoesNotCountButIsProgress()
    {
        // Scenario 2: paid hours change nothing in the goal ...
        Rule.Judge(new SupervisedCitizen(40, 0, 4, PaidHours: true), GoalMeasure.Offers).ShouldBe(CitizenAnswer.Missed);

        // ... and the system shows the difference.
        var counts = Counts(100, (lacksOffers: true, lacksTalks: false, paid: true, 10), (true, false, false, 20), (false, false, false, 60), (false, false, true, 10));
        var both = OfficialProgress.Of(counts);
        both.OfficialShare.ShouldBe(0.7);
        both.ActualShare.ShouldBe(0.8);
        both.Difference.ShouldBe(0.1);
        both.Paid.ShouldBe(20);
    }

    [Fact]
    public void Judge_WhatIsLongIsNotKnown_IsUndecided() =>
        Example("long_course_weeks", "").Judge(new SupervisedCitizen(500, 0, 0, PaidHours: false), GoalMeasure.Offers).ShouldBe(CitizenAnswer.Undecided);

    [Fact]
    public void Missing_TheStatesRuleAsTheSourceGivesIt_LacksAllButTheMinima()
    {
        var state = SupervisionRule.Of(Shipped).Single(rule => rule.Id == "state-focus-goal");

        (state.MinimumOffers, state.MinimumConversations).ShouldBe((1, 4));
        state.Missing.Select(name => name.En).ShouldBe(["valid from", "long course (weeks)", "window (weeks)", "limit (per cent)", "what the share is of", "reading of \"or\"", "legal source"]);
        Rule.Missing.ShouldBeEmpty();
        Rule.IsExample.ShouldBeTrue();
    }

    [Fact]
    public void HoldsAt_Versions_OneADay()
    {
        var old = Values("id", "a").Append(new("valid_to", "2023-12-31"));
        var now = Values("id", "a").Append(new("valid_from", "2024-01-01"));
        var rules = SupervisionRule.Of(Shipped with { Rules = [Dictionary(old), Dictionary(now)] });
        rules.Select(rule => rule.HoldsAt(Period.OfYear(2023))).ShouldBe([true, false]);
        rules.Select(rule => rule.HoldsAt(Period.OfYear(2024))).ShouldBe([false, true]);

        var overlapping = Values("id", "a").Append(new("valid_from", "2023-12-31"));
        Should.Throw<InputException>(() => SupervisionRule.Of(Shipped with { Rules = [Dictionary(old), Dictionary(overlapping)] })).Problems.ShouldHaveSingleItem().Found.ShouldBe("a");
    }

    [Theory]
    [InlineData("kind", "", "focus-goal, result-goal")]
    [InlineData("kind", "goal", "focus-goal, result-goal")]
    [InlineData("limit_pct", "120", null)]
    [InlineData("limit_pct", "-1", null)]
    [InlineData("limit_pct", "NaN", null)]
    [InlineData("minimum_offers", "1,5", null)]
    [InlineData("valid_from", "2024-02-30", null)]
    [InlineData("denominator", "everyone", "all-citizens, long-courses")]
    [InlineData("reading", "and", "separate, neither, either")]
    public void Of_ValueThatCannotBeUsed_IsNamed(string key, string value, string? expected)
    {
        var problem = Should.Throw<InputException>(() => Example(key, value)).Problems.ShouldHaveSingleItem();
        (problem.Column, problem.Found).ShouldBe((key, value));
        if (expected is not null)
        {
            problem.Expected.ShouldBe(expected);
        }
    }

    [Fact]
    public void Share_Counts_DistanceAndPersonsBackUnderTheLimit()
    {
        // 27 of 120 with a long course got no offer: 22.5 per cent; the limit of 20 per cent allows 24.
        var counts = Counts(300, (true, false, false, 20), (true, true, true, 7), (false, false, false, 90), (false, true, false, 3));
        var own = GoalShare.Of(counts, GoalMeasure.Offers, GoalBase.LongCourses, 0.2, 0.95);
        own.Share.ShouldBe(0.225);
        own.Distance.ShouldBe(0.025, 1e-12);
        own.PersonsOver.ShouldBe(3);
        own.Verdict.ShouldBe(GoalVerdict.Above);
        own.Sure.ShouldBeFalse();

        // z = 0.025 / sqrt(0.2 x 0.8 / 120) = 0.6847; Phi = 0.7532. Wilson: R 4.2.2, prop.test(27, 120, correct = FALSE).
        own.Certainty.ShouldBe(0.7532, 5e-5);
        own.Interval.Lower.ShouldBe(0.1594915, 1e-6);
        own.Interval.Upper.ShouldBe(0.3075690, 1e-6);

        // Of all citizens it is 9 per cent, far below; either or neither are other shares again.
        GoalShare.Of(counts, GoalMeasure.Offers, GoalBase.AllCitizens, 0.2, 0.95).Share.ShouldBe(0.09);
        GoalShare.Of(counts, GoalMeasure.Offers, GoalBase.AllCitizens, 0.2, 0.95).Verdict.ShouldBe(GoalVerdict.Within);
        GoalShare.Of(counts, GoalMeasure.Neither, GoalBase.LongCourses, 0.2, 0.95).Share.ShouldBe(7.0 / 120);
        GoalShare.Of(counts, GoalMeasure.Either, GoalBase.LongCourses, 0.2, 0.95).Share.ShouldBe(30.0 / 120);
    }

    [Fact]
    public void Share_ExactlyAtTheLimit_IsWithinWhateverTheLastBit()
    {
        for (var limit = 1; limit < 100; limit++)
        {
            var own = GoalShare.Of(Counts(100, (true, false, false, limit), (false, false, false, 100 - limit)), GoalMeasure.Offers, GoalBase.LongCourses, limit / 100.0, 0.95);
            own.Verdict.ShouldBe(GoalVerdict.Within);
            own.PersonsOver.ShouldBe(0);
            own.Certainty.ShouldBe(0.5, 1e-9);
        }
    }

    [Fact]
    public void Share_PersonsOver_BringItDownAndOneFewerDoesNot()
    {
        for (var missed = 0; missed <= 60; missed++)
        {
            var own = Of(missed);
            Of(missed - own.PersonsOver).Verdict.ShouldBe(GoalVerdict.Within);
            if (own.PersonsOver > 0)
            {
                Of(missed - own.PersonsOver + 1).Verdict.ShouldBe(GoalVerdict.Above);
            }
        }

        static GoalShare Of(int missed) => GoalShare.Of(Counts(60, (true, false, false, missed), (false, false, false, 60 - missed)), GoalMeasure.Offers, GoalBase.LongCourses, 0.17, 0.95);
    }

    [Fact]
    public void Share_HiddenCounts_DecideOnlyWhatTheyCannotChange()
    {
        // One hidden cell is 1 or 2 persons: 20 to 21 of 100 citizens.
        var counts = new SupervisedCounts("101", 100, [new(true, false, false, new Headcount(19, 0, 0)), new(true, true, false, new Headcount(0, 1, 2)), new(false, false, false, new Headcount(80, 0, 0))]);
        var own = GoalShare.Of(counts, GoalMeasure.Offers, GoalBase.AllCitizens, 0.2, 0.95);
        own.Verdict.ShouldBe(GoalVerdict.Undecided);
        own.Share.ShouldBe(0.205);
        own.PersonsOver.ShouldBe(1);
        GoalShare.Of(counts, GoalMeasure.Offers, GoalBase.AllCitizens, 0.21, 0.95).Verdict.ShouldBe(GoalVerdict.Within);
        GoalShare.Of(counts, GoalMeasure.Offers, GoalBase.AllCitizens, 0.19, 0.95).Verdict.ShouldBe(GoalVerdict.Above);
    }

    [Fact]
    public void Share_HiddenCountsUpToFive_AreOneToFivePersons()
    {
        // 19 known and one hidden cell: 20 to 24 of 100 citizens.
        var counts = new SupervisedCounts("101", 100, [new(true, false, false, new Headcount(19, 0, 0)), new(true, true, false, new Headcount(0, 1, 5)), new(false, false, false, new Headcount(80, 0, 0))]);
        GoalShare At(double limit) => GoalShare.Of(counts, GoalMeasure.Offers, GoalBase.AllCitizens, limit, 0.95);
        var own = At(0.2);

        own.Verdict.ShouldBe(GoalVerdict.Undecided);
        own.Share.ShouldBe(0.22);
        own.PersonsOver.ShouldBe(4);
        At(0.19).Verdict.ShouldBe(GoalVerdict.Above);
        At(0.23).Verdict.ShouldBe(GoalVerdict.Undecided);
        At(0.24).Verdict.ShouldBe(GoalVerdict.Within);
    }

    [Fact]
    public void Share_DegenerateCounts_HaveADocumentedAnswer()
    {
        GoalShare.Of(Counts(0), GoalMeasure.Offers, GoalBase.AllCitizens, 0.2, 0.95).Verdict.ShouldBe(GoalVerdict.Empty);
        GoalShare.Of(Counts(10), GoalMeasure.Offers, GoalBase.LongCourses, 0.2, 0.95).Verdict.ShouldBe(GoalVerdict.Empty);
        var zero = GoalShare.Of(Counts(10, (false, false, false, 10)), GoalMeasure.Offers, GoalBase.LongCourses, 0, 0.95);
        (zero.Verdict, zero.Certainty, zero.PersonsOver).ShouldBe((GoalVerdict.Within, double.NaN, 0));
        zero.StandardError(0.95).ShouldBeGreaterThan(0);
        var one = GoalShare.Of(Counts(10, (true, false, false, 1), (false, false, false, 9)), GoalMeasure.Offers, GoalBase.LongCourses, 0, 0.95);
        (one.Verdict, one.Certainty, one.PersonsOver).ShouldBe((GoalVerdict.Above, 1, 1));
        GoalShare.Of(Counts(10, (true, false, false, 10)), GoalMeasure.Offers, GoalBase.LongCourses, 1, 0.95).Verdict.ShouldBe(GoalVerdict.Within);
    }

    private static SupervisedCounts Counts(double citizens, params (bool lacksOffers, bool lacksTalks, bool paid, double persons)[] cells) =>
        new("101", citizens, [.. cells.Select(cell => new SupervisedCell(cell.lacksOffers, cell.lacksTalks, cell.paid, new Headcount(cell.persons, 0, 0)))]);

    private static SupervisionRule Example(string key = "id", string value = "example-focus-goal") => SupervisionRule.Of(Shipped with { Rules = [Dictionary(Values(key, value))] })[0];

    private static IEnumerable<KeyValuePair<string, string>> Values(string key, string value) =>
        Shipped.Rules.Single(rule => rule["id"] == "example-focus-goal").Append(new(key, value));

    private static Dictionary<string, string> Dictionary(IEnumerable<KeyValuePair<string, string>> values) =>
        values.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
}
