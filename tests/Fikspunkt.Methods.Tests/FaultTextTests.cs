using System.Globalization;
using System.Text.RegularExpressions;
using Fikspunkt.Domain;
using Fikspunkt.Statistics;

namespace Fikspunkt.Methods.Tests;

/// <summary>What a user is told of wrong input is in the user's language, to the last word.</summary>
public sealed partial class FaultTextTests
{
    public static TheoryData<string> Names => CatalogueTests.Names;

    [Fact]
    public void Requirements_AreSaidInBothLanguages_WithTheSameBounds()
    {
        foreach (var requirement in Enum.GetValues<Requirement>())
        {
            var (danish, english) = (In("da-DK", () => Refusal.Say(requirement, 3, 7)), In("en-GB", () => Refusal.Say(requirement, 3, 7)));
            danish.ShouldNotBe(english);
            Digits().Matches(danish).Select(match => match.Value).ShouldBe(Digits().Matches(english).Select(match => match.Value), requirement.ToString());
            var fault = new InvalidValueException("x", 0, 0, 0, requirement, 3, 7);
            foreach (var bound in fault.Bounds)
            {
                fault.Message.Contains(bound.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).ShouldBe(danish.Contains(bound.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), requirement.ToString());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongParameters_AreRefusedWithoutAnEnglishWordInDanish(string name)
    {
        var method = Catalogue.Find(name);
        var english = new List<string>();
        foreach (var parameter in method.Parameters.Where(parameter => parameter.Kind is not ParameterKind.Flag))
        {
            foreach (var wrong in (string[])["-1", "0", "2", "1.5", "1,2", "1e300", "[[1]]", "ingen"])
            {
                var (table, settings) = CatalogueTests.ExampleOf(method);
                settings[parameter.Name] = wrong;
                try
                {
                    In("da-DK", () => Catalogue.Run(method, new MethodInput(table, settings)));
                }
                catch (InputException fault)
                {
                    english.AddRange(fault.Problems.Select(problem => problem.ToString()).Where(text => English().IsMatch(text)).Select(text => $"{parameter.Name}={wrong}: {text}"));
                }
            }
        }

        english.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ranks", "coverage", "2", "et tal over 0 og under 1", "a number above 0 and below 1")]
    [InlineData("expected-rank", "share", "0", "et tal over 0 og højst 1", "a number above 0 and at most 1")]
    [InlineData("phe-rate", "confidence", "0.95,95", "et tal over 0 og under 1", "a number above 0 and below 1")]
    [InlineData("phe-rate", "confidence", "0.998,0.95", "0.95,0.998", "0.95,0.998")]
    [InlineData("stl", "s_degree", "2", "et helt tal fra 0 til 1", "a whole number from 0 to 1")]
    [InlineData("cusum", "head_start", "9", "et tal fra 0 til under grænsen, 5", "a number from 0 to below the limit, 5")]
    [InlineData("interrupted-series", "interruption", "2", "et helt tal fra 3 til ", "a whole number from 3 to ")]
    [InlineData("synthetic-control", "treatment_period", "1900", "mindst én periode før indsatsen", "at least one period before the treatment")]
    [InlineData("dea", "weight_restrictions", "[[1, -1]]", "rækker med 4 tal hver", "rows of 4 numbers each")]
    [InlineData("order-alpha", "alpha", "1.1", "et tal over 0 og højst 1", "a number above 0 and at most 1")]
    [InlineData("p-adjust", "p", "persons", "et tal fra 0 til 1, eller en tom celle", "a number from 0 to 1, or an empty cell")]
    [InlineData("piecewise-exponential", "cuts", "26,13", "hvert større end det foregående", "each above the one before")]
    [InlineData("cox", "covariates", "age,age*2", "nr. 1, 2 i modellen", "no. 1, 2 of the model")]
    public void WrongInput_IsToldWhatWasExpected_InTheUsersLanguage(string method, string parameter, string wrong, string danish, string english)
    {
        foreach (var (culture, expected) in (ReadOnlySpan<(string, string)>)[("da-DK", danish), ("en-GB", english)])
        {
            var (table, settings) = CatalogueTests.ExampleOf(Catalogue.Find(method));
            settings[parameter] = wrong;
            var fault = In(culture, () => Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find(method), new MethodInput(table, settings))).Problems[0].ToString());
            fault.ShouldContain(expected);
        }
    }

    private static T In<T>(string culture, Func<T> act)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return act();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [GeneratedRegex("[0-9]+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\b(the|are|and|must|between|needed|given|lies|was|of|with|a)\b|Parameter '", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex English();
}
