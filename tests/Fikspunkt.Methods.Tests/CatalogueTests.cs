using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Testing;

namespace Fikspunkt.Methods.Tests;

/// <summary>Every method is described, documented, and its example runs.</summary>
public sealed class CatalogueTests
{
    public static TheoryData<string> Names { get; } = [.. Catalogue.All.Select(method => method.Name)];

    [Fact]
    public void Names_AreUsedOnce() => Catalogue.All.Select(method => method.Name).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Names))]
    public void Method_Texts_AreThereInBothLanguagesAndDiffer(string name)
    {
        var method = Catalogue.Find(name);
        var danish = Described(method, "da-DK");
        var english = Described(method, "en-GB");
        danish.ShouldAllBe(text => text.Length > 0);
        english[0].ShouldNotBe(danish[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Method_Page_Exists(string name) => File.Exists(RepositoryFiles.Path("docs", "methods", Catalogue.Find(name).Page + ".md")).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Names))]
    public void Method_Example_RunsAndUsesWhatItNames(string name)
    {
        var method = Catalogue.Find(name);
        var (table, settings) = ExampleOf(method);
        settings.Keys.Except(method.Parameters.Select(parameter => parameter.Name)).ShouldBeEmpty("the example names parameters that the method does not declare");
        method.Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name).Except(settings.Keys).ShouldBeEmpty();
        var input = new MethodInput(table, settings);
        var quantities = Catalogue.Run(method, input);
        QuantityTree.Leaves(quantities).Count().ShouldBeGreaterThan(1);
        input.Unused.ShouldBeEmpty();
        using var text = new StringWriter();
        QuantityText.Write(text, quantities);
        text.ToString().Split('\n').Length.ShouldBeGreaterThan(2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Method_ColumnThatIsNotThere_IsRefusedWithItsName(string name)
    {
        var method = Catalogue.Find(name);
        var (table, settings) = ExampleOf(method);
        if (method.Parameters.FirstOrDefault(parameter => parameter is { Kind: ParameterKind.Column or ParameterKind.Columns, Required: true }) is not { } role)
        {
            return;
        }

        settings[role.Name] = "no_such_column";
        Should.Throw<InputException>(() => Catalogue.Run(method, new MethodInput(table, settings))).Problems[0].ToString().ShouldContain("no_such_column");
    }

    private static string[] Described(Method method, string culture)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return [method.Summary, .. method.Parameters.Select(parameter => parameter.Description)];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    internal static (TextTable Table, Dictionary<string, JsonNode?> Settings) ExampleOf(Method method)
    {
        var words = method.Example.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var settings = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            words[i].ShouldStartWith("--");
            var hasValue = i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
            settings[words[i][2..].Replace('-', '_')] = hasValue ? words[i + 1] : "true";
            i += hasValue ? 1 : 0;
        }

        var path = (string)settings["input"]!;
        settings.Remove("input");
        return (TextTableFile.Read(RepositoryFiles.Path(path.Split('/'))), settings);
    }
}
