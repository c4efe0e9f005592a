using System.Globalization;
using System.Resources;

namespace Fikspunkt.Store.Tests;

public sealed class TextsTests
{
    [Fact]
    public void Texts_DanishAndEnglish_HaveTheSameKeys() => Keys("en").ShouldBe(Keys(""));

    private static List<string> Keys(string culture) =>
        [.. new ResourceManager("Fikspunkt.Store.Texts", typeof(ObservationStore).Assembly)
            .GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal)];
}
