namespace Redactor.Listen;

/// <summary>What the content of some files came to: a value, or what is wrong with them. Never says a word of what they hold.</summary>
/// <param name="Value">Null if there is a mistake.</param>
/// <param name="Mistake">What is wrong and what would be right; null if all is well.</param>
internal readonly record struct Reading<T>(T? Value, string? Mistake)
    where T : class
{
    public static Reading<T> Of(T value) => new(value, null);

    public static Reading<T> Wrong(string mistake) => new(null, mistake);
}
