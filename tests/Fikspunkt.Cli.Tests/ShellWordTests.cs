using System.Diagnostics;

namespace Fikspunkt.Cli.Tests;

/// <summary>Words of the command lines that are printed for a user to copy.</summary>
public sealed class ShellWordTests
{
    [Theory]
    [InlineData("fikspunkt-demo/synthetic-denmark-ab12.zip", "fikspunkt-demo/synthetic-denmark-ab12.zip")]
    [InlineData("århus.zip", "århus.zip")]
    [InlineData("mine tal/pakke.zip", "\"mine tal/pakke.zip\"")]
    [InlineData("log(income)", "\"log(income)\"")]
    [InlineData("[\"a\"]", "'[\"a\"]'")]
    [InlineData("Bent's $1", @"'Bent'\''s $1'")]
    [InlineData("", "\"\"")]
    public void Quoted_OnlyWhereAShellNeedsIt(string word, string quoted) => ShellWord.Quoted(word).ShouldBe(quoted);

    [Theory]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData("a'b \"c\" $HOME `date` !x * ? # ~ & | ; < > (d) [e] {f,g}")]
    [InlineData("Bent's")]
    [InlineData("$'x'")]
    public void Quoted_IsOneWordToAShell(string word)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "printf %s " + ShellWord.Quoted(word)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        shell.StandardOutput.ReadToEnd().ShouldBe(word);
        shell.WaitForExit();
    }
}
