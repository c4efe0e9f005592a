using System.Net;
using Fikspunkt.Sources.Http;

namespace Fikspunkt.Sources.Tests.Http;

public sealed class CellLimitTests
{
    [Theory]
    [InlineData("""{"errorTypeCode":"REQUEST-LIMIT","message":"Udtrækket er for stort. Der er valgt 2.450.000 celler og grænsen er 1.000.000. Anvend BULK eller andet streaming format i stedet."}""", 1_000_000L)]
    [InlineData("""{"errorTypeCode":"REQUEST-LIMIT","message":"Anvend BULK eller andet streaming format i stedet."}""", null)]
    [InlineData("Too many cells: 120000 requested, 100,000 allowed", 100_000L)]
    [InlineData("Udtrækket overskrider det tilladte", null)]
    public void IsExceeded_WordsOfSize_GiveTheSmallestNumberAsLimit(string answer, long? expected)
    {
        CellLimit.IsExceeded(new RefusedException(HttpStatusCode.BadRequest, answer), out var cells).ShouldBeTrue();
        cells.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Ukendt periodetype 1000")]
    [InlineData("The value 101 is unknown")]
    public void IsExceeded_OtherRefusals_AreNotAboutSize(string answer) =>
        CellLimit.IsExceeded(new RefusedException(HttpStatusCode.UnprocessableEntity, answer), out _).ShouldBeFalse();
}
