namespace Redactor.Scanning.Tests.Differential;

/// <summary>The scanner gives the answers of engines that others trust.</summary>
public class DifferentialTests
{
    [Fact]
    public void The_scanner_finds_what_RE2_finds() => Differential.Run(Re2Oracle, damaged: false);

    [Fact]
    public void The_scanner_finds_what_DotNet_finds() => Differential.Run(DotNet, damaged: false);

    [Fact]
    public void The_scanner_finds_what_DotNet_finds_in_text_that_is_not_UTF8() => Differential.Run(DotNet, damaged: true);

    [Fact]
    public void The_scanner_finds_what_trying_every_way_finds() => Differential.Run(Naive, damaged: true);

    private static Func<byte[], Match[]?>? Re2Oracle(Piece piece, string pattern)
    {
        if (!Re2Writer.CanWrite(piece))
        {
            return null;
        }

        var re2 = Re2.Compile(pattern);
        return re2 is null ? null : re2.FindAll;
    }

    private static Func<byte[], Match[]?>? DotNet(Piece piece, string pattern) =>
        DotNetWriter.CanWrite(piece) ? new DotNetOracle(DotNetWriter.Write(piece)).FindAll : null;

    private static Func<byte[], Match[]?>? Naive(Piece piece, string pattern) =>
        piece.All.Any(p => p is Piece.Repeat { Item.CanBeEmpty: true }) ? null : Differential.Naive(pattern);
}
