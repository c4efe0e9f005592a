using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fikspunkt.Testing;

namespace Fikspunkt.Reports.Tests;

public partial class TextsTests
{
    [Fact]
    public void Texts_BothLanguages_HaveTheSameKeysAndPlaces()
    {
        var (danish, english) = (Read("Texts.resx"), Read("Texts.en.resx"));

        english.Keys.ShouldBe(danish.Keys);
        foreach (var (key, text) in danish)
        {
            text.ShouldNotBeNullOrWhiteSpace(key);
            english[key].ShouldNotBeNullOrWhiteSpace(key);
            Places(english[key]).ShouldBe(Places(text), key);
        }
    }

    private static string[] Places(string text) => [.. Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(RepositoryFiles.Path("src", "Fikspunkt.Reports", file)).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
