namespace Redactor.Configuration;

/// <summary>One thing wrong in a configuration file. Holds no value that may be secret.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">Counted from 1; 0 if the file as a whole is meant.</param>
/// <param name="Column">Counted from 1; 0 if the file as a whole is meant.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ConfigurationMistake(string File, long Line, long Column, string Message)
{
    /// <summary><c>file:line:column: message</c>, the form that editors and CI systems turn into a link.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
