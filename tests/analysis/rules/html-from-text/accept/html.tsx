const view = <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(props.text) }} />;
const other = <div dangerouslySetInnerHTML={{ __html: "<b>bold</b>" }} />;
