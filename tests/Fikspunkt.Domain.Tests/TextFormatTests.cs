using System.Globalization;

namespace Fikspunkt.Domain.Tests;

/// <summary>Counts in texts: one is one, and numbers keep the user's form.</summary>
public sealed class TextFormatTests
{
    [Theory]
    [InlineData(0, "0 kommuner ligger lavere")]
    [InlineData(1, "1 kommune ligger lavere")]
    [InlineData(2, "2 kommuner ligger lavere")]
    [InlineData(98, "98 kommuner ligger lavere")]
    public void AWordThatGoesByACount_IsSingularForOneOnly(int count, string expected) => "{0} {0:kommune|kommuner} ligger lavere".With(count).ShouldBe(expected);

    [Theory]
    [InlineData("1", "1 person")]
    [InlineData("11", "11 personer")]
    [InlineData("1,5", "1,5 personer")]
    public void ACountThatIsWrittenAlready_GoesByItsText(string count, string expected) => "{0} {0:person|personer}".With(count).ShouldBe(expected);

    [Fact]
    public void OtherPlaces_AreFilledInTheUsersForm()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da-DK");
            "{0} {1:0.#} {2:N0} {3} {4}.".With("Skive", 2.5, 12_345, null, 0.25).ShouldBe("Skive 2,5 12.345  0,25.");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
