using System.Text.Json.Nodes;
using Fikspunkt.Domain;

namespace Fikspunkt.Methods.Tests;

/// <summary>Columns, expressions and parameters.</summary>
public sealed class MethodInputTests
{
    private static readonly TextTable Table = new(
        "t.csv",
        ["id", "x", "y", "a-b", "group"],
        [["p", "q", "r"], ["1", "4", ""], ["10", "20", "30"], ["7", "8", "9"], ["10", "9", "10"]],
        [2, 3, 4],
        HasDecimalComma: false);

    [Theory]
    [InlineData("x", new[] { 1.0, 4 })]
    [InlineData("sqrt(x)", new[] { 1.0, 2 })]
    [InlineData("log(x)", new[] { 0, 1.3862943611198906 })]
    [InlineData("y/100", new[] { 0.1, 0.2 })]
    [InlineData("x^2", new[] { 1.0, 16 })]
    [InlineData("sqrt(y*10)", new[] { 10, 14.142135623730951 })]
    [InlineData("a-b", new[] { 7.0, 8 })]
    public void Numbers_Expression_IsApplied(string text, double[] expected) =>
        Input(("response", text)).CompleteIn("x").Column("response").ShouldBe(expected);

    [Fact]
    public void Terms_Expressions_AreNamedAsTheFieldDoes() =>
        Input(("covariates", "log(x), y/100 ,x^2")).Terms("covariates", intercept: true).ShouldBe(["(Intercept)", "log_x", "y", "x_2"]);

    [Fact]
    public void Complete_EmptyCell_LeavesTheRowOutAndSaysSo()
    {
        var input = Input(("response", "x"), ("id", "id")).Complete("response");
        input.Rows.ShouldBe(2);
        input.Start()["dropped_rows"].ShouldBe(1);
        ((string[])input.Ids()).ShouldBe(["p", "q"]);
        Should.Throw<InputException>(() => Input(("response", "x")).Column("response")).Problems[0].Line.ShouldBe(4);
    }

    [Fact]
    public void Groups_Numbers_AreOrderedBySize() => Input(("group", "group")).Groups("group").Labels.ShouldBe(["9", "10"]);

    [Fact]
    public void Parameters_FromTextAndFromJson_AreTheSame()
    {
        var typed = Input(("cuts", "1, 2.5,3"), ("flag", "true"), ("n", "4"));
        var read = new MethodInput(Table, [new("cuts", new JsonArray(1, 2.5, 3)), new("flag", JsonValue.Create(true)), new("n", JsonValue.Create(4))]);
        foreach (var input in (MethodInput[])[typed, read])
        {
            input.NumberList("cuts").ShouldBe([1, 2.5, 3]);
            input.Flag("flag").ShouldBeTrue();
            input.Count("n").ShouldBe(4);
            input.Unused.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("log(id)")]
    [InlineData("none")]
    [InlineData("log(none)")]
    public void Column_ThatCannotBeUsed_IsNamed(string text) =>
        Should.Throw<InputException>(() => Input(("response", text)).Column("response")).Problems[0].ToString().ShouldContain(text);

    [Fact]
    public void Logarithm_OfZero_IsRefusedWithItsLine()
    {
        var table = Table with { Cells = [["p", "q", "r"], ["1", "0", "2"], ["1", "1", "1"], ["1", "1", "1"], ["1", "1", "1"]] };
        var problem = Should.Throw<InputException>(() => new MethodInput(table, [new("response", "log(x)")]).Column("response")).Problems[0];
        (problem.Line, problem.Found).ShouldBe((3, "0"));
    }

    [Theory]
    [InlineData("n", "four")]
    [InlineData("n", "1.5")]
    [InlineData("n", "-1")]
    public void Count_NotAWholeNumber_IsRefused(string name, string value) =>
        Should.Throw<InputException>(() => Input((name, value)).Count(name)).Problems[0].Found.ShouldBe(value);

    private static MethodInput Input(params (string Name, string Value)[] settings) =>
        new(Table, settings.Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)JsonValue.Create(setting.Value))));
}
